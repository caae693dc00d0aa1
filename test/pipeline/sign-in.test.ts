import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { CLIENT_ID, CLIENT_SECRET, startIdentityProvider, testBrowser } from '../support/identity-provider.ts'
import { type Role, startRole } from '../support/role.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../support/temporary-redis.ts'

const VIEW = 'the-view-token-of-the-office'
const ADMIN = 'the-admin-token-of-the-office'

let redis: TemporaryRedis
let provider: Awaited<ReturnType<typeof startIdentityProvider>>
/** Two servers on one store, each at an address of its own. */
let one: string
let other: string
const roles: Role[] = []
const sockets: Socket[] = []
beforeAll(async () => {
  redis = await temporaryRedis()
  const urls = [await freePort(), await freePort()].map(port => `http://127.0.0.1:${port}`)
  const people = {
    ada: { email: 'ada@example.com', groups: ['staff', 'platform'] },
    ben: { preferred_username: 'ben <b>', groups: ['staff'] },
    eve: { email: 'eve@example.com', groups: ['visitors'] },
  }
  provider = await startIdentityProvider(
    people,
    urls.map(url => `${url}/sign-in/callback`),
  )
  for (const url of urls)
    roles.push(
      startRole('server', {
        REDIS_URL: redis.url,
        PORT: new URL(url).port,
        PUBLIC_URL: url,
        LOG_LEVEL: 'trace',
        ...{ VIEW_TOKEN: VIEW, ADMIN_TOKEN: ADMIN, HANDSHAKES_PER_MINUTE: '0', REQUESTS_PER_MINUTE: '0' },
        ...{ OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: CLIENT_ID, OIDC_CLIENT_SECRET: CLIENT_SECRET },
        OIDC_ROLES: 'staff=viewer,sre=operator,platform=admin',
      }),
    )
  for (const url of urls)
    await until(async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200, `${url} to be ready`)
  one = urls[0] ?? ''
  other = urls[1] ?? ''
})
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await Promise.all(roles.map(role => role.stop('SIGKILL')))
  await provider.close()
  await redis.close()
})

async function signIn(person: string, at = one) {
  provider.use(person)
  const browser = testBrowser()
  const { url, answer } = await browser.follow(`${at}/sign-in`)
  return { browser, url, answer, text: await answer.text() }
}

function connect(url: string, cookie: string, channels: string[], origin = url): Socket {
  const socket = io(url, {
    ...{ transports: ['websocket'], auth: { channels }, reconnection: false, forceNew: true },
    extraHeaders: { cookie, origin },
  })
  sockets.push(socket)
  return socket
}
const refusalOf = (socket: Socket) =>
  new Promise<string>(resolve => socket.once('connect_error', ({ message }) => resolve(message)))

const audit = async (): Promise<{ by: string; what: string; about: Record<string, string> }[]> =>
  (await (await fetch(`${one}/api/audit`, { headers: { Authorization: `Bearer ${ADMIN}` } })).json()).entries

const notice = (browser: ReturnType<typeof testBrowser>, headers: Record<string, string>, at = one) =>
  browser.ask(`${at}/api/notices`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ text: 'Lunch' }),
  })

test('a person of a group with a role is signed in, reads, acts by that role, and is named in the audit log', async () => {
  const { browser, url } = await signIn('ada')
  expect(url).toBe(`${one}/`)
  expect(await (await browser.ask(`${one}/session`)).json()).toMatchObject({
    signIn: new URL(provider.issuer).host,
    person: { name: 'ada@example.com', role: 'admin' },
  })
  expect((await browser.ask(`${one}/api/stats`)).status).toBe(200)
  expect((await browser.ask(`${one}/api/tokens`)).status).toBe(200)
  expect((await notice(browser, { 'Sec-Fetch-Site': 'same-origin', Origin: one })).status).toBe(201)
  expect(await audit()).toMatchObject([
    { by: 'person ada@example.com', what: 'notice.posted' },
    { by: 'person ada@example.com', what: 'session.begun', about: { subject: 'ada', role: 'admin' } },
  ])
  const socket = connect(one, browser.cookiesOf(one), ['all', 'audit'])
  await until(() => socket.connected, 'the socket')
})

test('a session is a cookie that no script reads, and holds neither who it is nor a token of the provider', async () => {
  provider.use('ada')
  const browser = testBrowser()
  const { url } = await browser.follow(`${one}/sign-in`, to => to.startsWith(`${one}/sign-in/callback`))
  const answer = await browser.ask(url)
  const cookies = answer.headers.getSetCookie()
  expect(cookies).toEqual([
    'nephoscope-sign-in=; Path=/sign-in; Max-Age=0; HttpOnly; SameSite=Lax',
    expect.stringMatching(
      /^nephoscope-session=[0-9a-f]{16}\.[\w-]{43}; Path=\/; Max-Age=28800; HttpOnly; SameSite=Lax$/,
    ),
  ])
  expect(await answer.text()).toBe('See Other')
})

test('a viewer reads and may not act; the name of a person is text', async () => {
  const { browser } = await signIn('ben')
  expect((await browser.ask(`${one}/api/stats`)).status).toBe(200)
  const refused = await notice(browser, { 'Sec-Fetch-Site': 'same-origin', Origin: one })
  expect([refused.status, (await refused.json()).detail]).toEqual([403, expect.stringContaining("the role 'viewer'")])
  expect(await refusalOf(connect(one, browser.cookiesOf(one), ['audit']))).toContain('for admins alone')
})

test('a person of no group with a role is told so in one sentence, and has no session', async () => {
  const { browser, answer, text } = await signIn('eve')
  expect(answer.status).toBe(403)
  expect(text).toContain('You are signed in as eve@example.com, but none of your groups may read here')
  expect((await browser.ask(`${one}/api/stats`)).status).toBe(401)
})

test('another state, a code that was used, and the browser of somebody else end in a sentence and no session', async () => {
  provider.use('ada')
  const callback = (to: string) => to.startsWith(`${one}/sign-in/callback`)
  const browser = testBrowser()
  const { url } = await browser.follow(`${one}/sign-in`, callback)
  const stranger = testBrowser()
  const elsewhere = await stranger.ask(url)
  expect([elsewhere.status, await elsewhere.text()]).toEqual([
    400,
    expect.stringContaining('was not begun in this browser'),
  ])

  const cookie = browser.cookiesOf(one)
  const forged = new URL(url)
  forged.searchParams.set('state', 'x'.repeat(43))
  const wrong = await fetch(forged, { headers: { cookie }, redirect: 'manual' })
  expect([wrong.status, wrong.headers.getSetCookie()]).toEqual([400, [expect.stringContaining('nephoscope-sign-in=;')]])

  const once = await fetch(url, { headers: { cookie }, redirect: 'manual' })
  expect(once.status).toBe(303)
  const again = await fetch(url, { headers: { cookie }, redirect: 'manual' })
  expect([again.status, await again.text()]).toEqual([403, expect.stringContaining('did not confirm who you are')])
  expect(again.headers.getSetCookie().join()).not.toContain('nephoscope-session')
})

test('a cookie changes things from a page of ours alone, and opens nothing to pages of other origins', async () => {
  const { browser } = await signIn('ada')
  const site = 'http://sub.127.0.0.1.example'
  for (const headers of [
    {},
    { 'Sec-Fetch-Site': 'same-site', Origin: site },
    { 'Sec-Fetch-Site': 'cross-site' },
    { Origin: site },
  ])
    expect([headers, (await notice(browser, headers)).status]).toEqual([headers, 'Origin' in headers ? 401 : 403])
  expect((await browser.ask(`${one}/sign-out`, { method: 'POST', headers: { Origin: site } })).status).toBe(403)
  expect((await browser.ask(`${one}/api/stats`, { headers: { Origin: site } })).status).toBe(401)
  expect(await refusalOf(connect(one, browser.cookiesOf(one), ['all'], site))).toContain('ALLOWED_ORIGINS')
  const cookie = browser.cookiesOf(one).replace(/^.*nephoscope-session=/, '')
  expect((await fetch(`${one}/api/stats`, { headers: { Authorization: `Bearer ${cookie}` } })).status).toBe(401)
})

test('a session that an admin ends is cut on every server, with the keys that the person asked for', async () => {
  const { browser } = await signIn('ben')
  const cookie = browser.cookiesOf(one)
  const { key } = await (await browser.ask(`${one}/api/feed-key?channel=all`)).json()
  const keyed = async () => (await fetch(`${other}/feeds/all.atom?key=${key}`)).status
  expect(await keyed()).toBe(200)
  const connected = [connect(one, cookie, ['all']), connect(other, cookie, ['all'])]
  await until(() => connected.every(socket => socket.connected), 'the sockets')
  const asAdmin = { headers: { Authorization: `Bearer ${ADMIN}` } }
  const { sessions } = await (await fetch(`${other}/api/sessions`, asAdmin)).json()
  const open = sessions.filter(({ name }: { name: string }) => name === 'ben <b>')
  expect(JSON.stringify(sessions)).not.toContain('digest')
  for (const { id } of open)
    expect((await fetch(`${other}/api/sessions/${id}`, { method: 'DELETE', ...asAdmin })).status).toBe(204)
  await until(() => connected.every(socket => !socket.connected), 'the sockets to be cut')
  expect((await browser.ask(`${one}/api/stats`)).status).toBe(401)
  await until(async () => (await keyed()) === 401, 'the key to be revoked')
  expect((await audit())[0]).toMatchObject({ by: 'admin token', what: 'session.ended' })
})

test('who signs out has no session any more, also with a copy of the cookie', async () => {
  const { browser } = await signIn('ada')
  const cookie = browser.cookiesOf(one)
  const socket = connect(one, cookie, ['all'])
  await until(() => socket.connected, 'the socket')
  const answer = await browser.ask(`${one}/sign-out`, { method: 'POST', headers: { 'Sec-Fetch-Site': 'same-origin' } })
  expect(answer.status).toBe(204)
  await until(() => !socket.connected, 'the socket to be cut')
  expect((await fetch(`${one}/api/stats`, { headers: { cookie } })).status).toBe(401)
  expect(await (await browser.ask(`${one}/session`)).json()).toMatchObject({ person: null })
})

test('no secret, code or token is in a log', () => {
  const logged = roles.map(role => role.output()).join()
  expect(logged).toContain('a person could not sign in')
  for (const hidden of [CLIENT_SECRET, VIEW, ADMIN, 'code=', 'id_token', 'access_token', 'eyJ'])
    expect(logged).not.toContain(hidden)
})
