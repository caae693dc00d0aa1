import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { findProgram } from '../../launch/programs.ts'
import { redisCommand, redisReady, requireRedis } from '../../launch/redis.ts'
import { canUnpack, unpackedRedis, unpackRedis } from '../../launch/unpack-redis.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'nephoscope-unpack-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(dir, { recursive: true, force: true })
})

/** Makes a package of these files and its paragraph of a package list. */
function makePackage(name: string, depends: string, files: Record<string, string>): string {
  const tree = path.join(dir, 'trees', name)
  for (const [to, from] of Object.entries(files)) cpSync(from, path.join(tree, to), { recursive: true })
  mkdirSync(path.join(tree, 'DEBIAN'), { recursive: true })
  const control = `Package: ${name}\nVersion: 1.0\nArchitecture: all\nMaintainer: a test\n${depends && `Depends: ${depends}\n`}`
  writeFileSync(path.join(tree, 'DEBIAN/control'), `${control}Description: a test\n`)
  const file = `${name}_1.0_all.deb`
  execFileSync('dpkg-deb', ['--build', '--root-owner-group', '-Znone', tree, path.join(dir, 'repository', file)])
  const bytes = readFileSync(path.join(dir, 'repository', file))
  return `${control}Filename: ./${file}\nSize: ${bytes.length}\nSHA256: ${createHash('sha256').update(bytes).digest('hex')}\n\n`
}

/** Makes apt know a repository in a folder and nothing else. */
function useRepository(packages: readonly string[]): void {
  writeFileSync(path.join(dir, 'repository/Packages'), packages.join(''))
  writeFileSync(path.join(dir, 'sources.list'), `deb [trusted=yes] file:${dir}/repository ./\n`)
  // Another Redis that is installed here would be the newer one.
  writeFileSync(path.join(dir, 'status'), '')
  const settings = {
    'Dir::Etc::SourceList': 'sources.list',
    'Dir::Etc::SourceParts': 'none',
    'Dir::State::Status': 'status',
  }
  const lines = Object.entries({ ...settings, 'Dir::State::Lists': 'no-lists' })
  writeFileSync(
    path.join(dir, 'apt.conf'),
    lines.map(([name, file]) => `${name} "${path.join(dir, file)}";\n`).join(''),
  )
  vi.stubEnv('APT_CONFIG', path.join(dir, 'apt.conf'))
  vi.stubEnv('CI', 'true')
}

it.runIf(canUnpack())('Redis is unpacked with the libraries that the system does not have, and answers', async () => {
  const program = realpathSync(await requireRedis(process.env))
  const data = path.join(dir, 'data')
  mkdirSync(path.join(dir, 'repository'))
  mkdirSync(data)
  useRepository([
    makePackage('redis-server', 'redis-tools, libc6, libexample1 | libother1', { 'usr/bin/redis-server': program }),
    makePackage('redis-tools', 'adduser', { 'usr/bin/redis-cli': program }),
    makePackage('libexample1', '', { 'usr/lib/example/libexample.so.1': program }),
    makePackage('adduser', '', { 'usr/bin/adduser': program }),
  ])

  const unpacked = path.join(dir, 'programs/redis')
  expect(unpackedRedis(unpacked)).toBeUndefined()
  const redis = await unpackRedis(unpacked)
  expect(redis).toBe(path.join(unpacked, 'redis-server'))
  expect(unpackedRedis(unpacked)).toBe(redis)
  expect(readFileSync(path.join(unpacked, 'redis-server'), 'utf8')).toContain('$here/usr/lib/example')
  expect(findProgram([path.join(unpacked, 'usr/bin/adduser')])).toBeUndefined()

  const socket = path.join(data, 'redis.sock')
  const child = spawn(redis ?? '', ['--port', '0', '--unixsocket', socket, '--dir', data], { stdio: 'ignore' })
  await redisReady(`unix://${socket}`, data)
  const ended = once(child, 'exit')
  await redisCommand(`unix://${socket}`, 'SHUTDOWN')
  await ended
})

it.runIf(canUnpack())('a repository without Redis leaves nothing behind', async () => {
  mkdirSync(path.join(dir, 'repository'))
  useRepository([makePackage('adduser', '', {})])
  const unpacked = path.join(dir, 'programs/redis')
  expect(await unpackRedis(unpacked)).toBeUndefined()
  expect(readdirSync(path.dirname(unpacked))).toEqual([])
})
