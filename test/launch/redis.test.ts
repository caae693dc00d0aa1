import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockDataDir } from '../../launch/lock.mjs'
import { freePort } from '../../launch/port.mjs'
import { keepRunning } from '../../launch/processes.mjs'
import { embeddedRedis, endOrphan, redisReady, requireRedis } from '../../launch/redis.mjs'
import { redisCommand } from '../../launch/redis-command.mjs'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'nephoscope-launch-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const silent = { say: () => {}, onRefused: () => {} }
const embedded = async () => embeddedRedis(await requireRedis(), dataDir)

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
    const orphan = spawn(await requireRedis(), place, { stdio: 'ignore' })
    await redisReady(url, dataDir)
    const ended = once(orphan, 'exit')
    await endOrphan(dataDir)
    await ended
  })
})

it('lets one launcher at a time have a data directory, and names the one that has it', async () => {
  await lockDataDir(dataDir)
  await expect(lockDataDir(dataDir)).rejects.toThrow(`runs already on ${dataDir} (process ${process.pid})`)
})

it('says in one line that a port is taken and how to choose another', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await expect(freePort({ host: '127.0.0.1', port }, 'npm start')).rejects.toThrow(
    `Port ${port} is taken: stop what uses it, or choose another with PORT=${(port % 65535) + 1} npm start`,
  )
  taken.close()
})
