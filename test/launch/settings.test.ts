import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { requireNode } from '../../launch/command.mjs'
import { addressOf, apart, socketPath } from '../../launch/settings.mjs'

describe('addressOf', () => {
  it('is port 3000 on loopback unless the environment says otherwise', () => {
    expect(addressOf({})).toEqual({ host: '127.0.0.1', port: 3000 })
    expect(addressOf({ HOST: '0.0.0.0', PORT: '8080' })).toEqual({ host: '0.0.0.0', port: 8080 })
  })

  it('refuses what is no port', () => {
    for (const PORT of ['http', '-1', '65536', '3000.5']) expect(() => addressOf({ PORT })).toThrow(`PORT is '${PORT}'`)
  })
})

describe('socketPath', () => {
  it('stands in the data directory where a socket can', () => {
    expect(socketPath('/srv/nephoscope', 'redis.sock')).toBe('/srv/nephoscope/redis.sock')
  })

  it('moves to the temporary directory where the path is too long or would be escaped in a URL', () => {
    const moved = [`/srv/${'x'.repeat(120)}`, '/srv/two words', '/srv/wölkchen'].map(dir =>
      socketPath(dir, 'redis.sock'),
    )
    for (const socket of moved) expect(path.dirname(socket)).toBe(tmpdir())
    expect(new Set(moved).size).toBe(3)
  })
})

it('keeps a run on invented data away from a Redis that was named for real ones', () => {
  const env = apart({ REDIS_URL: 'redis://production', NEPHOSCOPE_DATA: '/srv/data' }, 'demo')
  expect(env).toEqual({ REDIS_URL: undefined, NEPHOSCOPE_DATA: '/srv/data/demo' })
})

it('says which Node it needs when this one is too old', () => {
  expect(() => requireNode('20.18.9')).toThrow('needs Node 20.19 or newer; this is 20.18.9')
  for (const version of ['20.19.0', '22.0.0', '24.1.0']) expect(() => requireNode(version)).not.toThrow()
})
