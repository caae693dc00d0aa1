import { chmodSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Failure, run, step } from './command.ts'
import { attempt, findProgram, isExecutable, mayInstall } from './programs.ts'

/** redis-tools has the server's program on Debian, where redis-server is a link to redis-check-rdb. */
const PACKAGES = ['redis-server', 'redis-tools']

/** The programs that get a wrapper; the tests use redis-cli too. */
const PROGRAMS = ['redis-server', 'redis-cli']

/**
 * Puts Debian's Redis into a folder, without root, sudo or a system service; nothing changes outside the folder. apt
 * checks the signatures of the packages, and their scripts do not run.
 * @returns the path of its redis-server; undefined where apt is not, where it may not be installed, or where that fails
 */
export async function unpackRedis(dir: string): Promise<string | undefined> {
  if (!canUnpack()) return undefined
  const commands = [
    `apt-get download ${PACKAGES.join(' ')} and the libraries that they need: about 1.5 MB`,
    `dpkg-deb --extract each of them into ${dir}`,
  ]
  if (!(await mayInstall('Redis', commands))) return undefined
  await attempt(() => step('Unpacking Redis', () => unpackInto(dir)))
  return unpackedRedis(dir)
}

export const canUnpack = (): boolean => ['apt-get', 'dpkg-deb'].every(name => findProgram([name]))

async function unpackInto(dir: string): Promise<void> {
  mkdirSync(path.dirname(dir), { recursive: true, mode: 0o700 })
  const work = mkdtempSync(`${dir}-`)
  try {
    const unpacked = path.join(work, 'redis')
    for (const file of await download(work)) await run('dpkg-deb', ['--extract', file, unpacked], { quiet: true })
    for (const program of PROGRAMS) writeWrapper(unpacked, program)
    await run(path.join(unpacked, 'redis-server'), ['--version'], { quiet: true })
    rmSync(dir, { recursive: true, force: true })
    renameSync(unpacked, dir)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

export function unpackedRedis(dir: string): string | undefined {
  const file = path.join(dir, 'redis-server')
  return isExecutable(file) ? file : undefined
}

async function download(work: string): Promise<string[]> {
  const lists = path.join(work, 'lists')
  const cache = path.join(work, 'cache')
  const debs = path.join(work, 'debs')
  for (const folder of [path.join(lists, 'partial'), path.join(cache, 'archives/partial'), debs])
    mkdirSync(folder, { recursive: true })
  const apt = async (options: readonly string[]) => {
    const names = await missingPackages(options)
    await run('apt-get', [...options, 'download', ...names], { cwd: debs, quiet: true })
  }
  // Both the system's package lists and its cache belong to root.
  const ownCache = ['-o', `Dir::Cache=${cache}`]
  const ownLists = [...ownCache, '-o', `Dir::State::Lists=${lists}`]
  await apt(ownCache).catch(async error => {
    if (!(error instanceof Failure)) throw error
    // The lists are missing, as in most containers, or name versions that are gone.
    await run('apt-get', [...ownLists, 'update'], { quiet: true })
    await apt(ownLists)
  })
  return readdirSync(debs).map(name => path.join(debs, name))
}

/**
 * What to download: Redis and those of its libraries that the system lacks. Other packages that Debian's depends on,
 * such as adduser, are for its service. Nothing is resolved against installed packages, whose state may be broken.
 */
async function missingPackages(options: readonly string[]): Promise<string[]> {
  const selections = await run('dpkg', ['--get-selections'], { quiet: true })
  const installed = new Set(
    selections.split('\n').flatMap(line => {
      const [name = '', state] = line.trim().split(/\s+/)
      return state === 'install' || state === 'hold' ? [name.replace(/:.*/, '')] : []
    }),
  )
  const wanted = new Set(PACKAGES)
  for (let level = PACKAGES; level.length > 0; ) {
    const depends = await run('apt-cache', [...options, 'depends', '--important', ...level], { quiet: true })
    const libraries = firstAlternatives(depends).filter(name => name.startsWith('lib'))
    level = libraries.filter(name => !installed.has(name) && !wanted.has(name))
    for (const name of level) wanted.add(name)
  }
  return [...wanted]
}

/** The packages in the output of `apt-cache depends`, where ` |` marks a line whose alternative is the next. */
function firstAlternatives(depends: string): string[] {
  const lines = depends.split('\n').map(line => /^ ([ |])(?:Pre)?Depends: (.+)$/.exec(line))
  return lines.flatMap((line, n) => (line?.[2] && lines[n - 1]?.[1] !== '|' ? [line[2]] : []))
}

/** Writes a script beside the unpacked tree that runs one of its programs with its libraries. */
function writeWrapper(unpacked: string, program: string): void {
  const names = readdirSync(unpacked, { recursive: true, encoding: 'utf8' })
  const libraries = names.filter(name => /\.so[.\d]*$/.test(name))
  const folders = [...new Set(libraries.map(name => `$here/${path.dirname(name)}`))].join(':')
  const file = path.join(unpacked, program)
  writeFileSync(
    file,
    `#!/bin/sh
here=$(dirname "$0")
LD_LIBRARY_PATH="${folders}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" exec "$here/usr/bin/${program}" "$@"
`,
  )
  chmodSync(file, 0o755)
}
