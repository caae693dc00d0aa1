import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Screen } from '../../shared/domain/screen.ts'
import { screenKey } from '../../shared/redis/keys.ts'
import { MAX_SCREENS_OF_ADDRESS } from '../../shared/redis/screens.ts'
import { until } from '../support/temporary-redis.ts'
import { ADMIN, ask, reportOf, valueIn, wallScreen, wallServers, wallSocket } from '../support/wall-servers.ts'

let servers: Awaited<ReturnType<typeof wallServers>>
let here: string
let there: string
beforeAll(async () => {
  servers = await wallServers({ ADMIN_TOKEN: ADMIN }, { ADMIN_TOKEN: ADMIN }, {})
  ;[here = '', there = ''] = servers.urls
})
afterAll(() => servers.close())

const newId = () => randomBytes(16).toString('hex')
const listed = async (url: string, id: string): Promise<Screen | undefined> =>
  (await ask(url, '/api/screens', ADMIN)).body.screens.find((screen: Screen) => screen.id === id)
const command = async (url: string, id: string, body: object) =>
  (await ask(url, `/api/screens/${id}/commands`, ADMIN, 'POST', body)).body.outcome

/** A WebP of one pixel. */
const picture = 'data:image/webp;base64,UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=='

test('a screen on one server is known to every other, and that it left', async () => {
  const id = newId()
  const { socket, reported } = await wallScreen(here, reportOf(id, { name: 'lobby' }))
  expect(valueIn(reported)).toEqual({
    orders: { name: '', place: '', pinned: null, muted: false, revision: 0 },
    watched: false,
  })
  for (const url of [here, there])
    expect(await listed(url, id)).toMatchObject({
      connected: true,
      admittedAt: null,
      report: { name: 'lobby', scene: 'map' },
    })
  socket.disconnect()
  await until(async () => (await listed(there, id))?.connected === false, 'the screen to be seen to leave')
})

test('a command reaches a screen through the other server, and says whether it was done', async () => {
  const id = newId()
  const { socket, tasks } = await wallScreen(here, reportOf(id))
  expect(await command(there, id, { kind: 'identify' })).toBe('shown')
  expect(await command(there, id, { kind: 'scene', scene: 'news' })).toBe('shown')
  expect(tasks).toEqual([{ kind: 'identify' }, { kind: 'scene', scene: 'news' }])
  socket.disconnect()
  await until(async () => (await listed(there, id))?.connected === false, 'the screen to be seen to leave')
  expect(await command(there, id, { kind: 'identify' })).toBe('not-connected')
})

test('a name, what is pinned and what is muted wait for a screen that is not there', async () => {
  const id = newId()
  const first = await wallScreen(here, reportOf(id))
  expect(await command(there, id, { kind: 'pin', scene: 'map' })).toBe('shown')
  expect(first.tasks).toMatchObject([{ kind: 'orders', orders: { pinned: 'map', revision: 1 } }])
  first.socket.disconnect()
  await until(async () => (await listed(there, id))?.connected === false, 'the screen to be seen to leave')
  expect(await command(there, id, { kind: 'mute' })).toBe('not-connected')
  expect((await ask(there, `/api/screens/${id}`, ADMIN, 'PATCH', { name: 'Lobby', place: 'Floor 2' })).status).toBe(200)
  const again = await wallScreen(there, reportOf(id))
  expect(valueIn(again.reported).orders).toEqual({
    name: 'Lobby',
    place: 'Floor 2',
    pinned: 'map',
    muted: true,
    revision: 3,
  })
  again.socket.disconnect()
})

test('everybody who watches is told what others do, and gets the pictures that are then wanted', async () => {
  const id = newId()
  const [one, two] = await Promise.all([wallSocket(here), wallSocket(there)])
  expect(await one.emitWithAck('watchScreens', 'a-wrong-admin-token')).toEqual({ ok: false, error: 'unauthorized' })
  const seen = new Map<string, Screen>()
  const pictures: string[] = []
  two.on('screens', change => {
    for (const screen of change.screens) seen.set(screen.id, screen)
    for (const gone of change.removed) seen.delete(gone)
    pictures.push(...change.pictures.map(({ image }) => image))
  })
  valueIn(await two.emitWithAck('watchScreens', ADMIN))
  const { socket, reported } = await wallScreen(here, reportOf(id))
  expect(valueIn(reported).watched).toBe(true)
  await until(() => seen.get(id)?.connected === true, 'the screen to be told')
  await ask(here, `/api/screens/${id}`, ADMIN, 'PATCH', { name: 'Lobby' })
  await until(() => seen.get(id)?.name === 'Lobby', 'the new name to be told')

  expect(await socket.emitWithAck('picture', 'data:image/svg+xml;base64,PHN2Zz4=')).toMatchObject({ ok: false })
  const again = await wallScreen(here, reportOf(id))
  expect(await again.socket.emitWithAck('picture', picture)).toEqual({ ok: true, value: true })
  await until(() => pictures.includes(picture), 'the picture to be told')
  const answer = await fetch(`${there}/api/screens/${id}/picture`, { headers: { Authorization: `Bearer ${ADMIN}` } })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp'])
  expect(await again.socket.emitWithAck('picture', picture)).toMatchObject({ ok: false })

  again.socket.disconnect()
  socket.disconnect()
  await until(() => seen.get(id)?.connected === false, 'the end of it to be told')
  expect((await ask(here, `/api/screens/${id}`, ADMIN, 'DELETE')).status).toBe(204)
  await until(() => !seen.has(id), 'its removal to be told')
  one.disconnect()
  two.disconnect()
})

test.each([
  ['a report that does not pass', reportOf('not-an-id')],
  ['no report at all', undefined],
])('%s is refused with one line', async (_, report) => {
  const socket = await wallSocket(here)
  expect(await socket.emitWithAck('report', report as never)).toMatchObject({
    ok: false,
    error: /^the report does not/,
  })
  socket.disconnect()
})

test('without an admin token nothing of it is there', async () => {
  const url = servers.urls[2] ?? ''
  expect((await ask(url, '/api/screens', ADMIN)).status).toBe(404)
  expect((await ask(url, '/pairing', ADMIN, 'POST')).status).toBe(404)
  const socket = await wallSocket(url)
  expect(await socket.emitWithAck('watchScreens', ADMIN)).toMatchObject({ ok: false })
  expect(await socket.emitWithAck('report', reportOf(newId()))).toMatchObject({ ok: false })
  socket.disconnect()
})

test('one address has so many screens and no more, and the other screens stay', async () => {
  const mine = newId()
  const own = await wallScreen(here, reportOf(mine, { name: 'Lobby' }))
  await servers.redis.redis.hset(screenKey(mine), 'network', '192.0.2.1') // as if it had come from elsewhere
  const crowd = await Promise.all(
    Array.from({ length: MAX_SCREENS_OF_ADDRESS + 20 }, () => wallScreen(there, reportOf(newId(), { name: 'Lobby' }))),
  )
  const refused = crowd.filter(({ reported }) => !reported.ok)
  expect(refused.length).toBeGreaterThanOrEqual(20)
  expect(refused[0]?.reported).toEqual({
    ok: false,
    error: 'one address may have 50 screens, and this one has: forget some on /walls',
  })
  expect(await listed(there, mine)).toMatchObject({ connected: true })
  for (const { socket } of [own, ...crowd]) socket.disconnect()
})
