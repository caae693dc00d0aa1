import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { embeddedRedis, embeddedUrl, endOrphan, redisCommand, redisReady, requireRedis } from '../../launch/redis.ts'
import { keepRunning } from '../../launch/supervisor.ts'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'nephoscope-launch-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const silent = { say: () => {}, onRefused: () => {} }
const embedded = async () => embeddedRedis(await requireRedis(process.env), dataDir)

describe('the embedded Redis', () => {
  it('answers on a Unix socket until it is stopped, and keeps an append-only file', async () => {
    const program = await embedded()
    const redis = keepRunning(program, silent)
    await redisReady(program.url, dataDir)
    await redis.stop()
    expect(await redisCommand(program.url, 'PING')).toBeUndefined()
    expect(existsSync(path.join(dataDir, 'redis/appendonlydir'))).toBe(true)
  })

  it('is started again when it was killed, and says so', async () => {
    const program = await embedded()
    const said: string[] = []
    const redis = keepRunning(program, { ...silent, say: line => said.push(line) })
    await redisReady(program.url, dataDir)
    await redisCommand(program.url, 'SHUTDOWN')
    await expect.poll(() => said).toEqual(['Redis ended (exit code 0): starting it again in 1 s'])
    await redisReady(program.url, dataDir)
    await redis.stop()
  })

  it('ends when its launcher goes without a word', async () => {
    const program = await embedded()
    const guard = program.start()
    await redisReady(program.url, dataDir)
    program.end(guard)
    await once(guard, 'exit')
    expect(await redisCommand(program.url, 'PING')).toBeUndefined()
  })

  it('answers only with a password, which is new at each start and no argument of a program', async () => {
    const first = await embedded()
    const program = await embedded()
    const { url } = program
    expect(url).not.toBe(first.url)
    expect(embeddedUrl(dataDir)).toBe(url)
    const [, password = 'none', place = ''] = /^unix:\/\/:([0-9a-f]{64})@(.+)$/.exec(url) ?? []
    const guard = program.start()
    expect(guard.spawnargs.join(' ')).toContain(dataDir)
    expect(guard.spawnargs.join(' ')).not.toContain(password)
    await redisReady(url, dataDir)
    expect(await redisCommand(`unix://${place}`, 'PING')).toMatch(/^NOAUTH /)
    expect(await redisCommand(first.url, 'PING')).toMatch(/^WRONGPASS /)
    program.end(guard)
    await once(guard, 'exit')
  })

  it('keeps everything from other users, whatever their and our umask', async () => {
    mkdirSync(path.join(dataDir, 'redis'), { mode: 0o755 })
    const program = await embedded()
    const redis = keepRunning(program, silent)
    await redisReady(program.url, dataDir)
    const files = readdirSync(path.join(dataDir, 'redis'), { recursive: true, encoding: 'utf8' })
    expect(files).toEqual(expect.arrayContaining(['redis.conf', 'redis.log', 'redis.sock', 'appendonlydir']))
    for (const file of ['', ...files])
      expect([file, statSync(path.join(dataDir, 'redis', file)).mode & 0o077]).toEqual([file, 0])
    await redis.stop()
  })

  it('is refused in a folder to which others can write', async () => {
    mkdirSync(path.join(dataDir, 'redis'))
    chmodSync(path.join(dataDir, 'redis'), 0o777)
    await expect(embedded()).rejects.toThrow(`Other users can write to ${dataDir}/redis`)
  })

  it('is not run out of a folder to which others can write', async () => {
    const programs = path.join(dataDir, 'programs/redis')
    mkdirSync(programs, { recursive: true })
    writeFileSync(path.join(programs, 'redis-server'), '#!/bin/sh\n', { mode: 0o755 })
    const env = { NEPHOSCOPE_DATA: dataDir }
    const { PATH } = process.env
    process.env.PATH = ''
    try {
      expect(await requireRedis(env)).toBe(path.join(programs, 'redis-server'))
      chmodSync(dataDir, 0o777)
      await expect(requireRedis(env)).rejects.toThrow(`Other users can write to ${dataDir}`)
    } finally {
      process.env.PATH = PATH
    }
  })

  it('takes the place of an orphan, also of one from before there were passwords', async () => {
    const { url } = await embedded()
    const socket = url.slice(url.indexOf('@') + 1)
    rmSync(path.join(dataDir, 'redis/redis.conf'))
    const place = ['--port', '0', '--unixsocket', socket, '--dir', dataDir]
    const orphan = spawn(await requireRedis(process.env), place, { stdio: 'ignore' })
    await redisReady(`unix://${socket}`, dataDir)
    const ended = once(orphan, 'exit')
    await endOrphan(dataDir)
    await ended
  })
})
