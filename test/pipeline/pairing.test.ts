import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeAlphabet, type NewPairing, screenToken } from '../../shared/domain/screen.ts'
import { keys } from '../../shared/redis/keys.ts'
import { addPairing, MAX_WAITING, MAX_WAITING_OF_ADDRESS } from '../../shared/redis/pairings.ts'
import { until } from '../support/temporary-redis.ts'
import { ADMIN, ask, reportOf, VIEW, valueIn, wallScreen, wallServers, wallSocket } from '../support/wall-servers.ts'

let servers: Awaited<ReturnType<typeof wallServers>>
let here: string
let there: string
beforeAll(async () => {
  const both = { ADMIN_TOKEN: ADMIN, VIEW_TOKEN: VIEW }
  servers = await wallServers(both, both, { ...both, TRUST_PROXY: '1' })
  ;[here = '', there = ''] = servers.urls
})
afterAll(() => servers.close())

const askCode = async (url: string): Promise<NewPairing> => (await ask(url, '/pairing', '', 'POST')).body
const admit = (url: string, code: string, name = 'Lobby') =>
  ask(url, '/api/screens', ADMIN, 'POST', { code, name, place: 'Floor 2' })
/** Asks on one server, is admitted on the other. */
async function paired() {
  const { code, secret } = await askCode(here)
  const { screen } = (await admit(there, code)).body
  return { id: String(screen.id), token: screenToken(screen.id, secret), secret, code }
}

test('a screen is admitted by its code, and its token then opens what the view token opens', async () => {
  const { code, secret } = await askCode(here)
  expect(code).toMatch(new RegExp(`^[${codeAlphabet}]{6}$`))
  expect((await ask(there, `/pairing/${code}`, secret)).body).toEqual({ state: 'waiting' })
  expect((await ask(there, '/api/screens', ADMIN)).body.waiting).toBe(1)

  const typed = ` ${code.toLowerCase().slice(0, 3)}-${code.slice(3)} `
  const { status, body } = await admit(there, typed)
  expect(status).toBe(201)
  expect(body.screen).toMatchObject({ name: 'Lobby', place: 'Floor 2', connected: false, seenAt: null })
  const { id } = body.screen
  expect((await ask(here, `/pairing/${code}`, secret)).body).toEqual({ state: 'admitted', screen: id })
  expect((await ask(there, '/api/screens', ADMIN)).body.waiting).toBe(0)

  const token = screenToken(id, secret)
  for (const url of servers.urls) expect((await ask(url, '/api/snapshot', token)).status).toBe(200)
  const { socket, reported } = await wallScreen(there, reportOf(id), token)
  expect(valueIn(reported).orders).toMatchObject({ name: 'Lobby', place: 'Floor 2' })
  socket.disconnect()
  // a key would outlive its admission
  expect((await ask(here, '/api/feed-key?channel=news', token)).status).toBe(403)
  expect((await ask(here, '/api/screens', token)).status).toBe(403)
})

test('a code serves once, and only to whoever asked for it', async () => {
  const { code, secret } = await paired()
  expect((await admit(here, code)).status).toBe(404)
  const other = await askCode(here)
  expect((await ask(here, `/pairing/${code}`, other.secret)).status).toBe(404)
  expect((await ask(here, `/pairing/${code}`, secret)).status).toBe(200)
})

test('no secret is in the store', async () => {
  const { secret } = await paired()
  const { redis } = servers.redis
  for (const key of await redis.keys('*')) {
    const dumped = (await redis.dumpBuffer(key)) ?? Buffer.alloc(0)
    expect(dumped.includes(secret), key).toBe(false)
  }
})

test('nobody passes for an admitted screen', async () => {
  const { id } = await paired()
  const { reported, socket } = await wallScreen(here, reportOf(id), VIEW)
  expect(reported).toMatchObject({ ok: false, error: /another screen/ })
  socket.disconnect()
  const second = await paired()
  const screen = await wallScreen(here, reportOf(id), second.token)
  expect(screen.reported).toMatchObject({ ok: false, error: /another screen/ })
  screen.socket.disconnect()
})

test('a withdrawn screen is cut at once on every server, streams too, and stays out', async () => {
  const { id, token } = await paired()
  const sockets = await Promise.all([wallSocket(here, token), wallSocket(there, token)])
  const told = sockets.map(socket => new Promise<void>(resolve => socket.on('withdrawn', resolve)))
  const cut = sockets.map(socket => new Promise<void>(resolve => socket.on('disconnect', () => resolve())))
  const stream = await fetch(`${there}/api/stream?channels=all`, { headers: { Authorization: `Bearer ${token}` } })
  const ended = stream.text().then(
    () => true,
    () => true,
  )
  expect((await ask(here, `/api/screens/${id}`, ADMIN, 'DELETE')).status).toBe(204)
  await Promise.all([...told, ...cut, ended])
  for (const url of servers.urls) {
    expect((await ask(url, '/api/snapshot', token)).status).toBe(401)
    await expect(wallSocket(url, token)).rejects.toThrow('unauthorized')
  }
  expect(
    (await ask(here, '/api/screens', ADMIN)).body.screens.map((screen: { id: string }) => screen.id),
  ).not.toContain(id)
})

test('an admitted screen comes back while Redis is away, and is withdrawn when it is back', async () => {
  const { id, token } = await paired()
  await ask(here, '/api/snapshot', token)
  // without a message to the servers, as if they had missed it
  await servers.redis.redis.hdel(keys.screenDigests, id)
  await servers.redis.stop()
  expect((await ask(here, '/api/snapshot', token)).status).toBe(200)
  expect((await ask(here, '/api/snapshot', screenToken('0'.repeat(32), token.slice(33)))).status).toBe(503)
  await servers.redis.start()
  await until(async () => (await ask(here, '/api/snapshot', token)).status === 401, 'the server to look again')
})

test('codes cannot be guessed, nor asked for without end', async () => {
  const { code } = await askCode(here)
  const guarded = servers.urls[2] ?? ''
  const wrong = Array.from({ length: 70 }, () => ask(guarded, `/pairing/${code}`, 'x'.repeat(43)))
  expect(new Set((await Promise.all(wrong)).map(({ status }) => status))).toEqual(new Set([404, 429]))
  const asked = await Promise.all(Array.from({ length: 25 }, () => ask(guarded, '/pairing', '', 'POST')))
  expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([201, 429]))
})

test('where too many wait, of one address or in all, that is said, with when to ask again', async () => {
  const guarded = servers.urls[2] ?? ''
  const fill = async (count: number, letter: string, networkOf: (n: number) => string) => {
    for (let n = 0; n < count; n++) {
      const code = `${letter}${String(n).padStart(5, 'A')}`
      await addPairing(servers.redis.redis, { code, digest: 'd'.repeat(64), network: networkOf(n) }, Date.now())
    }
  }
  const asked = async (address: string) => {
    const answer = await fetch(`${guarded}/pairing`, { method: 'POST', headers: { 'X-Forwarded-For': address } })
    const { detail } = await answer.json()
    return { status: answer.status, detail, retryAfter: answer.headers.get('retry-after') }
  }
  await fill(MAX_WAITING_OF_ADDRESS, 'A', () => '198.51.100.7')
  expect(await asked('198.51.100.7:4711')).toEqual({
    status: 429,
    detail: '20 screens of one address wait to be admitted: admit them on /walls first',
    retryAfter: '60',
  })
  expect((await asked('198.51.100.8')).status).toBe(201)
  await fill(MAX_WAITING, 'C', n => `n${n}`)
  expect(await asked('198.51.100.9')).toEqual({
    status: 503,
    detail: 'too many screens wait to be admitted; try again in a minute',
    retryAfter: '60',
  })
  expect(servers.roles[2]?.output()).not.toContain('a request failed')
})
