import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { addressOf, apart, freePort, lockDataDir } from '../../launch/settings.ts'

describe('addressOf', () => {
  it('is port 3000 on loopback unless the environment says otherwise', () => {
    expect(addressOf({})).toEqual({ host: '127.0.0.1', port: 3000 })
    expect(addressOf({ HOST: '0.0.0.0', PORT: '8080' })).toEqual({ host: '0.0.0.0', port: 8080 })
  })

  it('refuses what is no port', () => {
    for (const PORT of ['http', '-1', '65536', '3000.5']) expect(() => addressOf({ PORT })).toThrow(`PORT is '${PORT}'`)
  })
})

it('keeps a run on invented data away from a Redis that was named for real ones', () => {
  const env = apart({ REDIS_URL: 'redis://production', NEPHOSCOPE_DATA: '/srv/data' }, 'demo')
  expect(env).toEqual({ REDIS_URL: undefined, NEPHOSCOPE_DATA: '/srv/data/demo' })
})

it('lets one launcher at a time have a data directory, and names the one that has it', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'nephoscope-lock-'))
  await lockDataDir(dataDir)
  await expect(lockDataDir(dataDir)).rejects.toThrow(`runs already on ${dataDir} (process ${process.pid})`)
  rmSync(dataDir, { recursive: true })
})

it('says in one line that the data directory cannot be a folder', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'nephoscope-file-'))
  const dataDir = path.join(dir, 'file', 'demo')
  writeFileSync(path.join(dir, 'file'), '')
  await expect(lockDataDir(dataDir)).rejects.toThrow(`NEPHOSCOPE_DATA: ${dataDir} cannot be made a folder (ENOTDIR)`)
  rmSync(dir, { recursive: true })
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
