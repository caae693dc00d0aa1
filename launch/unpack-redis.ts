import { chmodSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Failure, run, step } from './command.ts'
import { attempt, findProgram, isExecutable, mayInstall } from './programs.ts'

/** The packages of the server: redis-tools has its program on Debian, where redis-server is a link to redis-check-rdb. */
const PACKAGES = ['redis-server', 'redis-tools']

/** The programs that get a wrapper; the tests use redis-cli too. */
const PROGRAMS = ['redis-server', 'redis-cli']

/**
 * Puts Debian's Redis into a folder: no root, no sudo and no system service is needed, and nothing changes outside the folder. The packages
 * are downloaded with apt, which checks their signatures, and unpacked without running their scripts.
 * @param dir is made or replaced as a whole
 * @returns the path of its redis-server; undefined where apt is not, where it may not be installed, or where that fails
 */
export async function unpackRedis(dir: string): Promise<string | undefined> {
  if (!['apt-get', 'dpkg-deb'].every(name => findProgram([name]))) return undefined
  const commands = [
    `apt-get download ${PACKAGES.join(' ')} and the libraries that they need: about 1.5 MB`,
    `dpkg-deb --extract each of them into ${dir}`,
  ]
  if (!(await mayInstall('Redis', commands))) return undefined
  await attempt(() => step('Unpacking Redis', () => unpackInto(dir)))
  return unpackedRedis(dir)
}

async function unpackInto(dir: string): Promise<void> {
  mkdirSync(path.dirname(dir), { recursive: true })
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

/** @returns the path of the redis-server that `unpackRedis` put into this folder */
export function unpackedRedis(dir: string): string | undefined {
  const file = path.join(dir, 'redis-server')
  return isExecutable(file) ? file : undefined
}

/** @returns the downloaded packages */
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

/** @returns Redis and the libraries of it that the system does not have in the version it needs, as apt itself would resolve them */
async function missingPackages(options: readonly string[]): Promise<string[]> {
  const plan = await run('apt-get', [...options, 'install', '--simulate', '--no-install-recommends', ...PACKAGES], {
    quiet: true,
  })
  const names = [...plan.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name.replace(/:.*/, ''))
  return [...new Set([...PACKAGES, ...names.filter(name => name.startsWith('lib'))])]
}

/** Writes a script beside the unpacked tree that runs one of its programs with its libraries. */
function writeWrapper(unpacked: string, program: string): void {
  const folders = readdirSync(unpacked, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.so(?:\.\d+)*$/.test(file))
    .map(file => `$here/${path.dirname(file)}`)
  const libraries = [...new Set(folders), '$LD_LIBRARY_PATH'].join(':')
  const file = path.join(unpacked, program)
  writeFileSync(
    file,
    `#!/bin/sh\nhere=$(dirname "$0")\nLD_LIBRARY_PATH="${libraries}" exec "$here/usr/bin/${program}" "$@"\n`,
  )
  chmodSync(file, 0o755)
}
