import { once } from 'node:events'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Failure, run, step } from './command.ts'

/** A program that npm cannot install. */
export type Program = {
  /** Its names on PATH, the best first; a name with a slash is a path. */
  names: readonly string[]
  apt: string
  brew: string
  /** The system service that its Debian package starts and that we do not want. */
  service?: string
}

const chromium: Program = {
  names: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  apt: 'chromium',
  brew: '--cask chromium',
}

/** Debian keeps nginx where only root looks. */
const nginx: Program = { names: ['nginx', '/usr/sbin/nginx'], apt: 'nginx', brew: 'nginx', service: 'nginx' }

/** With promtool, which its package brings too. */
const prometheus: Program = { names: ['prometheus'], apt: 'prometheus', brew: 'prometheus', service: 'prometheus' }

/** The browser that CHROMIUM names, or that of this machine. @throws {Failure} when there is none */
export function findChromium(env: NodeJS.ProcessEnv): string {
  const found = namedChromium(env) ?? findProgram(chromium.names)
  if (found) return found
  throw new Failure(
    'There is no Chromium or Chrome on this machine: install the package chromium, or name the program with CHROMIUM=/path',
  )
}

/** The browser of the tests, installed where there is none. @throws {Failure} when it is not installed */
export async function ensureChromium(env: NodeJS.ProcessEnv): Promise<string> {
  const found = namedChromium(env) ?? (await ensureProgram(chromium))
  if (found) return found
  throw new Failure(
    `The tests need a Chromium, which npm start does not: ${howToInstall(chromium)}, or name the program with CHROMIUM=/path npm test`,
  )
}

function namedChromium({ CHROMIUM }: NodeJS.ProcessEnv): string | undefined {
  if (!CHROMIUM) return undefined
  const found = findProgram([CHROMIUM])
  if (found) return found
  throw new Failure(`CHROMIUM is '${CHROMIUM}', which cannot be run: give the path of a Chromium or Chrome`, 2)
}

/** The nginx of the tests, installed where there is none. @throws {Failure} when it is not installed */
export async function ensureNginx(): Promise<string> {
  const found = await ensureProgram(nginx)
  if (found) return found
  throw new Failure(`The tests need an nginx on PATH: ${howToInstall(nginx)}`)
}

/** The Prometheus of the tests, installed where there is none. @throws {Failure} when it is not installed */
export async function ensurePrometheus(): Promise<string> {
  const found = await ensureProgram(prometheus)
  if (found) return found
  throw new Failure(`The tests need a Prometheus on PATH: ${howToInstall(prometheus)}`)
}

/** Sets the clock of a single process in the fault runs. Only its Linux package has the library that they need. */
export async function ensureFaketime(): Promise<void> {
  if (process.platform === 'linux') await ensureProgram({ names: ['faketime'], apt: 'faketime', brew: 'libfaketime' })
}

/** The path of the first of these names that can be run, in the order of the names. */
export function findProgram(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  const places = names.flatMap(name => (name.includes('/') ? [name] : folders.map(folder => path.join(folder, name))))
  return places.find(isExecutable)
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The path of a program, installed after `mayInstall` where it is missing; undefined when it was not installed. */
export async function ensureProgram(program: Program): Promise<string | undefined> {
  const found = findProgram(program.names)
  if (found) return found
  const commands = installCommands(program)
  if (commands === undefined || !(await mayInstall(program.apt, commands))) return undefined
  // On a terminal sudo may ask for a password.
  const isQuiet = isRoot() || isCi() || !commands.some(line => line.startsWith('sudo'))
  const work = async () => {
    for (const command of commands) {
      const [file = '', ...args] = command.split(' ')
      await run(file, args, { quiet: isQuiet })
    }
  }
  await attempt(() => (isQuiet ? step(`Installing ${program.apt}`, work) : work()))
  return findProgram(program.names)
}

function installCommands({ apt, brew, service }: Program): string[] | undefined {
  if (process.platform === 'darwin') return findProgram(['brew']) ? [`brew install ${brew}`] : undefined
  const asRoot = isRoot() ? '' : findProgram(['sudo']) && 'sudo '
  if (asRoot === undefined || !findProgram(['apt-get'])) return undefined
  return [
    `${asRoot}apt-get update`,
    // RUNLEVEL=1: the package starts no service where there is no systemd.
    `${asRoot}env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y --no-install-recommends ${apt}`,
    ...(service && existsSync('/run/systemd/system') ? [`${asRoot}systemctl disable --now ${service}`] : []),
  ]
}

export function howToInstall({ apt, brew }: Program): string {
  if (process.platform === 'darwin') return `run brew install ${brew}`
  return findProgram(['apt-get']) ? `run sudo apt-get install ${apt}` : `install the package ${apt}`
}

/**
 * Prints what an installation would run and whether it may: as root and in CI it may; a person on a terminal is asked.
 * Elsewhere nothing is printed: the caller says what to run.
 */
export async function mayInstall(name: string, commands: readonly string[]): Promise<boolean> {
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY
  const isAllowed = isRoot() || isCi()
  if (!isAllowed && !isTerminal) return false
  console.log(`There is no ${name} here. To install it, this is run:\n${commands.map(line => `  ${line}\n`).join('')}`)
  if (isAllowed) return true
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  terminal.once('SIGINT', () => process.exit(130))
  // Ctrl-D closes the input: depending on Node's version the question is then rejected or never answered.
  const closed = once(terminal, 'close').then(() => 'n')
  const answer = await Promise.race([terminal.question('Install now? [Y/n] ').catch(() => 'n'), closed])
  terminal.close()
  return /^(?:y|yes|)$/i.test(answer.trim())
}

/** Prints a Failure of an installation. The caller goes on without what it would have installed. */
export async function attempt(work: () => Promise<void>): Promise<void> {
  await work().catch(error => {
    if (!(error instanceof Failure)) throw error
    console.error(error.message)
  })
}

const isRoot = (): boolean => process.getuid?.() === 0
const isCi = (): boolean => Boolean(process.env.CI) && process.env.CI !== 'false'
