import { once } from 'node:events'
import Koa from 'koa'
import { afterEach, expect, test } from 'vitest'
import { unpackLastKnown } from '../../../client/live/last-known.ts'
import { readQuery } from '../../../server/http/request.ts'
import { Incident } from '../../../shared/domain/incident.ts'
import { OfficeSettings } from '../../../shared/domain/notice.ts'
import { Handshake } from '../../../shared/domain/socket-protocol.ts'
import { parseHash } from '../../../shared/redis/records.ts'
import { parseSources } from '../../../workers/config/source-config.ts'
import { incident } from '../../support/builders.ts'

/** Own keys, as `JSON.parse` makes them. */
const poison = '"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}'
const isClean = (value: unknown): boolean =>
  !('polluted' in Object(value)) && !Object.hasOwn(Object(value), '__proto__')

afterEach(() => expect('polluted' in {}).toBe(false))

test('a handshake gives what it may hold and nothing more', () => {
  const handshake = Handshake.parse(JSON.parse(`{"channels": ["all"], ${poison}}`))
  expect(handshake).toEqual({ channels: ['all'] })
  expect(isClean(handshake)).toBe(true)
})

test('a stored record is the record alone, and no wall has the name of a prototype', () => {
  const json = JSON.stringify(incident('source/a')).replace('{', `{${poison},`)
  const records = parseHash(
    Incident,
    'incident',
    Object.fromEntries([
      ['__proto__', json],
      ['a', json],
    ]),
    () => undefined,
  )
  expect([...records.values()].every(isClean)).toBe(true)
  const office = JSON.parse('{"simulated": false, "walls": {"__proto__": {"polluted": "1"}}}')
  expect(isClean(OfficeSettings.safeParse(office).data?.walls ?? {})).toBe(true)
})

test.each(['__proto__: { polluted: true }', 'constructor: { prototype: { polluted: true } }'])(
  'a sources file with %s is refused, at whichever depth',
  line => {
    const source = `id: a, url: 'https://status.example.com', kind: statuspage, provider: a`
    for (const text of [
      `${line}
sources: []
`,
      `sources: [{ ${source}, ${line} }]
`,
    ])
      expect(parseSources(text, 'sources.yaml').ok, text).toBe(false)
    const walls = parseSources(
      `walls: { ${line} }
`,
      'sources.yaml',
    )
    expect(isClean(walls.ok ? walls.value.walls : {})).toBe(true)
  },
)

test('a query string cannot name a prototype', async () => {
  const app = new Koa()
  app.use(ctx => void readQuery(ctx, {}))
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  for (const query of ['__proto__=1', '__proto__[polluted]=1', 'constructor=1', 'prototype=1']) {
    const answer = await fetch(`http://127.0.0.1:${address.port}/?${query}`)
    expect([answer.status, await answer.text()], query).toEqual([400, expect.stringMatching(/^there is no parameter/)])
  }
  server.close()
})

test('what a browser has stored cannot either', () => {
  const known = unpackLastKnown(`{${poison}}`, null, true)
  expect(known === null || isClean(known)).toBe(true)
})
