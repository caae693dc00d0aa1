import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { build, bundleOf, ensureBuilt, isBuildFresh, presentBuild } from './build.ts'
import { Failure } from './command.ts'
import { kiosk } from './kiosk.ts'
import { pictures } from './pictures.ts'
import { embeddedUrl, redisCommand } from './redis.ts'
import { dataDirOf } from './settings.ts'
import { demo, dev, start } from './start.ts'
import { bench, test } from './test.ts'

/** The scripts of package.json. Their arguments begin at `process.argv[2]`. */
const commands: Record<string, () => Promise<void>> = {
  start,
  demo,
  dev,
  build,
  test,
  bench,
  kiosk,
  pictures,
  server: () => runRole('server'),
  workers: () => runRole('workers'),
  doctor,
  detect: () => ensureBuilt().then(() => load('workers-detect')),
  // What it prints goes into a file.
  opml: () => ensureBuilt({ quiet: true }).then(() => load('workers-opml')),
  vendors: () => ensureBuilt({ quiet: true }).then(() => load('workers-vendors')),
  cli: () => ensureBuilt({ quiet: true }).then(() => load('nephoscope')),
  notify,
  stack: () => ensureBuilt({ quiet: true }).then(() => load('workers-stack')),
  backup: () => runOnStore('ops-backup'),
  restore: () => runOnStore('ops-restore'),
}

const withoutArguments: ReadonlySet<string> = new Set(['start', 'demo', 'dev'])

/** Runs a command. A Failure ends it with its message alone and its exit code. */
export async function main(name: string): Promise<void> {
  process.setSourceMapsEnabled(true)
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (!command)
      throw new Failure(`There is no command '${name}': the names are ${Object.keys(commands).join(', ')}`, 2)
    const [argument] = process.argv.slice(2)
    if (withoutArguments.has(name) && argument !== undefined)
      throw new Failure(
        `npm run ${name} takes no arguments, but got '${argument}': its settings are environment variables, which docs/operations.md lists`,
        2,
      )
    await command()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    console.error(error.message)
    process.exitCode = error.exitCode
  }
}

/** Runs a bundle in this process: its signals, its exit code and its memory are its own. */
const load = (name: Parameters<typeof bundleOf>[0]): Promise<void> => import(pathToFileURL(bundleOf(name)).href)

/** `npm run server`, `npm run workers`: one role on a Redis that runs already. */
async function runRole(role: 'server' | 'workers'): Promise<void> {
  if (!process.env.REDIS_URL)
    throw new Failure(
      `REDIS_URL is not set: npm run ${role} uses a Redis that runs already, such as REDIS_URL=redis://localhost:6379; npm start brings its own`,
      2,
    )
  await ensureBuilt()
  await load(role)
}

async function runOnStore(name: 'ops-backup' | 'ops-restore'): Promise<void> {
  if (!process.env.REDIS_URL) {
    const url = embeddedUrl(dataDirOf(process.env))
    if ((await redisCommand(url, 'PING')) !== 'PONG')
      throw new Failure('No Redis to work on: begin npm start first, which brings one, or name yours with REDIS_URL')
    process.env.REDIS_URL = url
  }
  await ensureBuilt({ quiet: true })
  await load(name)
}

/** `npm run notify`: the sources file's targets. A rehearsal reads the Redis of `npm start` where none is named. */
async function notify(): Promise<void> {
  process.env.REDIS_URL ||= embeddedUrl(dataDirOf(process.env))
  await ensureBuilt({ quiet: true })
  await load('workers-notify')
}

/** `npm run doctor`: the state of everything. It changes nothing, so it builds nothing under roles that run. */
async function doctor(): Promise<void> {
  if (presentBuild() === undefined || !existsSync(bundleOf('ops-doctor')))
    throw new Failure(
      '✗ wrong build          dist/ holds none that is whole. Mend: npm run build, or npm start, which does all',
    )
  process.argv.push(`--build=${isBuildFresh() ? 'fresh' : 'stale'}`)
  process.env.REDIS_URL ||= embeddedUrl(dataDirOf(process.env))
  await load('ops-doctor')
}
