import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { embeddedRedis, endOrphan, redisCommand, redisReady, requireRedis } from '../../launch/redis.ts'
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

  it('takes the place of an orphan', async () => {
    const { url } = await embedded()
    const place = ['--port', '0', '--unixsocket', url.slice('unix://'.length), '--dir', dataDir]
    const orphan = spawn(await requireRedis(process.env), place, { stdio: 'ignore' })
    await redisReady(url, dataDir)
    const ended = once(orphan, 'exit')
    await endOrphan(dataDir)
    await ended
  })
})
