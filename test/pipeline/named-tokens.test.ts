import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { simulatedSources } from '../simulator/sources.ts'
import { followStream } from '../support/event-source.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

const VIEW = 'the-view-token-of-the-office'
const ADMIN = 'the-admin-token-of-the-office'

let stack: Stack
/** Two servers on one store. */
let one: string
let other: string
beforeAll(async () => {
  stack = await startStack({ story: 'demo', every: '1s', hasTeams: true })
  await stack.ready()
  for (const _ of [1, 2]) {
    const { url } = await stack.another('server', { VIEW_TOKEN: VIEW, ADMIN_TOKEN: ADMIN })
    await stack.ready(url)
    one ??= url
    other = url
  }
})
const sockets: Socket[] = []
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await stack.close()
})

const ask = (
  path: string,
  token: string,
  { method = 'GET', body, at = one }: { method?: string; body?: object; at?: string } = {},
) =>
  fetch(at + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
const statusOf = async (...asked: Parameters<typeof ask>) => {
  const answer = await ask(...asked)
  await answer.body?.cancel()
  return answer.status
}

async function make(body: object): Promise<{ id: string; secret: string }> {
  const answer = await ask('/api/tokens', ADMIN, { method: 'POST', body })
  expect(answer.status).toBe(201)
  const { token, secret } = await answer.json()
  return { id: token.id, secret }
}

function connect(url: string, token: string, channels: string[]): Socket {
  const socket = io(url, { transports: ['websocket'], auth: { channels, token }, reconnection: false, forceNew: true })
  sockets.push(socket)
  return socket
}
const refusalOf = (socket: Socket) =>
  new Promise<string>(resolve => socket.once('connect_error', ({ message }) => resolve(message)))

test('a viewer reads and does nothing, an operator runs the office, and neither makes tokens', async () => {
  const viewer = await make({ name: 'a viewer', role: 'viewer' })
  const operator = await make({ name: 'an operator', role: 'operator' })
  for (const { secret } of [viewer, operator]) {
    expect(await statusOf('/api/stats', secret)).toBe(200)
    expect(await statusOf('/api/tokens', secret)).toBe(403)
    expect(await statusOf('/api/tokens', secret, { method: 'POST', body: { name: 'x', role: 'admin' } })).toBe(403)
  }
  const poll = (token: string) => statusOf('/api/sources/azure-status/poll', token, { method: 'POST' })
  expect([await poll(viewer.secret), await poll(operator.secret)]).toEqual([403, 202])
  const { tokens } = await (await ask('/api/tokens', ADMIN)).json()
  expect(tokens.map(({ name, by }: { name: string; by: string }) => [name, by])).toEqual([
    ['a viewer', 'admin token'],
    ['an operator', 'admin token'],
  ])
  expect(JSON.stringify(tokens)).not.toContain(viewer.secret.split('.')[1])
})

test.each([
  [{ name: 'a viewer', role: 'viewer' }, 409, 'already'],
  [{ name: 'view token', role: 'viewer' }, 400, 'name:'],
  [{ name: 'x', role: 'owner' }, 400, "role: must be 'viewer'"],
  [{ name: 'x', role: 'viewer', stack: 'shp' }, 400, 'did you mean shop?'],
  [{ name: 'x', role: 'admin', stack: 'shop' }, 400, 'an admin is for all stacks'],
  [{ name: 'x', role: 'viewer', expiresAt: '2020-01-01T00:00:00Z' }, 400, 'must be later than now'],
])('%o makes no token', async (body, status, why) => {
  const answer = await ask('/api/tokens', ADMIN, { method: 'POST', body })
  expect([answer.status, (await answer.json()).detail]).toEqual([status, expect.stringContaining(why)])
})

test('a revoked token is cut on every server: its sockets, its streams and its keys', async () => {
  const { id, secret } = await make({ name: 'to be revoked', role: 'viewer' })
  const { key } = await (await ask('/api/feed-key?channel=stack/shop', secret)).json()
  const keyed = () => statusOf(`/feeds/stack/shop.atom?key=${key}`, '', { at: other })
  expect(await keyed()).toBe(200)
  const stream = await ask('/api/stream', secret)
  const streamEnded = stream.text().then(
    () => true,
    () => true,
  )
  const connected = [connect(one, secret, ['all']), connect(other, secret, ['all'])]
  await until(() => connected.every(socket => socket.connected), 'the sockets')
  const stays = connect(one, VIEW, ['all'])
  await until(() => stays.connected, 'the socket of the office')
  expect(await statusOf(`/api/tokens/${id}`, ADMIN, { method: 'DELETE', at: other })).toBe(204)
  await until(() => connected.every(socket => !socket.connected), 'the sockets to be cut')
  expect(await streamEnded).toBe(true)
  expect(stays.connected).toBe(true)
  await until(async () => (await keyed()) === 401, 'the key to be revoked')
  expect([await statusOf('/api/stats', secret), await statusOf('/api/stats', secret, { at: other })]).toEqual([
    401, 401,
  ])
  expect(await refusalOf(connect(one, secret, []))).toContain('unauthorized')
})

test('a key ends when the token does that asked for it', async () => {
  const expiresAt = '2100-01-01T00:00:00.000Z'
  const ending = await make({ name: 'to end', role: 'viewer', expiresAt })
  const lasting = await make({ name: 'to last', role: 'viewer' })
  for (const { secret } of [ending, lasting]) expect(await statusOf('/api/feed-key?channel=news', secret)).toBe(200)
  const { keys } = await (await ask('/api/keys', ADMIN)).json()
  const endOf = (name: string) => keys.find(({ by }: { by: string }) => by === name).expiresAt
  expect([endOf('to end'), endOf('to last')]).toEqual([expiresAt, null])
})

test('a secret is made anew, and the old one ends', async () => {
  const { id, secret } = await make({ name: 'to be rotated', role: 'viewer' })
  const socket = connect(other, secret, ['all'])
  await until(() => socket.connected, 'the socket')
  const answer = await (await ask(`/api/tokens/${id}/rotate`, ADMIN, { method: 'POST' })).json()
  await until(() => !socket.connected, 'the socket to be cut')
  expect([await statusOf('/api/stats', secret), await statusOf('/api/stats', answer.secret, { at: other })]).toEqual([
    401, 200,
  ])
})

test('a token for one stack reads that stack, follows it, and is told of no other', async () => {
  const { secret } = await make({ name: 'the shop', role: 'operator', stack: 'shop' })
  for (const path of [
    '/api/stacks/shop',
    '/api/snapshot?channels=stack/shop',
    '/api/events?channels=stack/shop',
    '/feeds/stack/shop.atom',
    '/badge/stack/shop.svg',
    '/calendar/stack/shop.ics',
    '/statuspage/stack/shop',
    '/api/feed-key?channel=stack/shop',
  ])
    expect([path, await statusOf(path, secret)]).toEqual([path, 200])
  for (const path of [
    '/api/stacks',
    '/api/stacks/site',
    '/api/stacks/shop/',
    '/api/snapshot',
    '/api/snapshot?channels=stack/shop,all',
    '/api/snapshot?channels=stack/shop&channels=all',
    '/api/compact-snapshot',
    '/api/events',
    '/api/stream?channels=all',
    '/api/incidents',
    '/api/feed-key?channel=all',
    '/feeds/all.atom',
    '/feeds/stack/site.atom',
    '/feeds/stack/shop/../site.atom',
    '/statuspage/stack/site',
    '/api/push-key',
    '/metrics',
  ])
    expect([path, await statusOf(path, secret)]).toEqual([path, 403])
  const { stacks } = await (await ask('/api/snapshot?channels=stack/shop', secret)).json()
  expect(stacks.map((known: { id: string }) => known.id)).toEqual(['shop'])
  expect(await statusOf('/api/sources/azure-status/poll', secret, { method: 'POST' })).toBe(403)
  for (const channels of [['all'], ['stack/site'], [], ['stack/shop', 'news']])
    expect(await refusalOf(connect(one, secret, channels))).toContain("for the stack 'shop' alone")
  const socket = connect(one, secret, ['stack/shop'])
  await until(() => socket.connected, 'the socket')
  expect(await socket.emitWithAck('subscribe', ['all'])).toMatchObject({ ok: false })
  expect(await socket.emitWithAck('subscribe', ['stack/shop'])).toMatchObject({ ok: true })
})

test('a token for one stack is not told what others run on, nor what is done about what concerns them', async () => {
  const { secret } = await make({ name: 'payments', role: 'viewer', stack: 'payments' })
  const its = 'channels=stack/payments'
  const open = async (on: string, region: string, title: string): Promise<string> => {
    stack.simulator.apply({ do: 'open', id: region, on, title, regions: [region] })
    let id: string | undefined
    await until(async () => {
      const { incidents } = await (await ask(`/api/incidents?region=${on}/${region}`, VIEW)).json()
      id = incidents.find((one: { title: string }) => one.title === title)?.id
      return id !== undefined
    }, title)
    return id ?? ''
  }
  const own = await open('aws', 'eu-west-1', 'Disks are slow in Ireland')
  const foreign = await open('azure', 'westeurope', 'Disks are slow in Amsterdam')
  const { next } = await (await ask(`/api/events?${its}`, secret)).json()
  const told: unknown[] = []
  const socket = connect(one, secret, ['stack/payments'])
  for (const name of ['event', 'reset']) socket.on(name, message => told.push(message))
  const stream = followStream(`${one}/api/stream?${its}`, { Authorization: `Bearer ${secret}` })
  await until(() => socket.connected && stream.messages.length > 0, 'the socket and the stream')
  const transports = [
    async () => JSON.stringify(told),
    async () => JSON.stringify(stream.messages),
    async () => (await ask(`/api/events?${its}&since=${next}`, secret)).text(),
    async () => (await ask(`/api/snapshot?${its}`, secret)).text(),
  ]
  const note = (id: string, text: string) =>
    statusOf(`/api/incidents/${id}/handling`, VIEW, { method: 'POST', body: { what: 'note', by: 'Ada', text } })
  expect([await note(foreign, 'A note of another team'), await note(own, 'A note of this team')]).toEqual([200, 200])
  for (const heard of transports) {
    await until(async () => (await heard()).includes('A note of this team'), 'the note')
    expect(await heard()).not.toContain('A note of another team')
  }
  const file = simulatedSources(stack.simulator.url, { every: '1s', hasTeams: true })
  await stack.configure(file.replace('aws/dynamodb@us-east-1', 'aws/sqs@us-east-1'))
  for (const heard of transports.slice(0, 2))
    await until(async () => (await heard()).includes('"reason":"rebuilt"'), 'the reset')
  for (const heard of transports) expect(await heard()).not.toMatch(/aws\/(?:dynamodb|sqs)@?"/)
  stream.close()
})

test('only an operator watches the screens, and one that is revoked watches no more', async () => {
  const viewer = await make({ name: 'another viewer', role: 'viewer' })
  const operator = await make({ name: 'another operator', role: 'operator' })
  const socket = connect(one, VIEW, [])
  await until(() => socket.connected, 'the socket')
  expect(await socket.emitWithAck('watchScreens', viewer.secret)).toEqual({ ok: false, error: 'unauthorized' })
  expect(await socket.emitWithAck('watchScreens', operator.secret)).toMatchObject({ ok: true })
  expect(await statusOf(`/api/tokens/${operator.id}`, ADMIN, { method: 'DELETE' })).toBe(204)
  await until(() => !socket.connected, 'the watcher to be cut')
})

test('an admin follows who did what, resumes, and is cut with the token; nobody else follows it', async () => {
  const { next } = await (await ask('/api/events?channels=audit', ADMIN)).json()
  const admin = await make({ name: 'an admin', role: 'admin' })
  const operator = await make({ name: 'a curious operator', role: 'operator' })
  const told: { type: string; channels: string[]; data: { what: string; by: string } }[] = []
  const heard: { type: string }[] = []
  const socket = connect(other, admin.secret, ['audit'])
  socket.on('event', event => told.push(event))
  const all = connect(other, ADMIN, ['all', 'notices', 'status', 'sources', 'news'])
  all.on('event', event => heard.push(event))
  await until(() => socket.connected && all.connected, 'the sockets')
  const stream = await ask('/api/stream?channels=audit', admin.secret, { at: other })
  const streamed = stream.text().catch(() => 'cut')
  const posted = await ask('/api/notices', operator.secret, { method: 'POST', body: { text: 'not for the log' } })
  const { notice } = await posted.json()
  const entry = { by: 'a curious operator', what: 'notice.posted', about: { id: notice.id } }
  await until(() => told.length > 0, 'the entry')
  await until(() => heard.some(({ type }) => type === 'notice.posted'), 'the notice')
  expect(told).toMatchObject([{ type: 'audit.noted', channels: ['audit'], data: entry }])
  const page = await (await ask(`/api/events?channels=audit&since=${next}`, ADMIN)).text()
  expect(JSON.parse(page).events.map(({ data }: { data: { what: string } }) => data.what)).toEqual([
    ...['token.made', 'token.made', 'notice.posted'],
  ])
  for (const hidden of ['not for the log', operator.secret.split('.')[1] ?? '', ADMIN])
    expect(page).not.toContain(hidden)

  for (const token of [VIEW, operator.secret])
    for (const path of ['/api/events?channels=audit', '/api/stream?channels=all,audit'])
      expect([path, await statusOf(path, token)]).toEqual([path, 403])
  for (const path of ['/feeds/audit.rss', '/badge/audit.svg', '/embed/audit', '/calendar/audit.ics'])
    expect([path, await statusOf(path, ADMIN)]).toEqual([path, 404])
  for (const path of ['/api/feed-key?channel=audit', '/api/snapshot?channels=audit'])
    expect([path, await statusOf(path, ADMIN)]).toEqual([path, 400])
  expect(await refusalOf(connect(one, operator.secret, ['audit']))).toContain("'audit' is for admins alone")
  const reading = connect(one, VIEW, ['all'])
  await until(() => reading.connected, 'the socket of the office')
  expect(await reading.emitWithAck('subscribe', ['audit'])).toMatchObject({ ok: false })
  expect(await all.emitWithAck('subscribe', ['audit'])).toMatchObject({ ok: true })

  expect(await statusOf(`/api/tokens/${admin.id}`, ADMIN, { method: 'DELETE' })).toBe(204)
  await until(() => !socket.connected, 'the socket to be cut')
  expect(['cut', expect.stringContaining('audit.noted')]).toContainEqual(await streamed)
  await until(() => heard.some(({ type }) => type === 'audit.noted'), 'what was subscribed to later')
  expect(heard.filter(({ type }) => type === 'audit.noted')).toMatchObject([{ data: { what: 'token.revoked' } }])
})

test('who did what is told to admins, by the names of their tokens and without a secret', async () => {
  const { id, secret } = await make({ name: 'Ada of the night shift', role: 'operator' })
  const posted = await ask('/api/notices', secret, { method: 'POST', body: { text: 'A word that is not for the log' } })
  const { notice } = await posted.json()
  const [incident] = (await (await ask('/api/incidents?limit=1&state=active', VIEW)).json()).incidents
  const note = { what: 'note', by: 'Grace', text: 'A note that is not for the log' }
  expect(await statusOf(`/api/incidents/${incident.id}/handling`, VIEW, { method: 'POST', body: note })).toBe(200)
  expect(await statusOf('/api/sources/nothing/poll', secret, { method: 'POST' })).toBe(404)
  const page = await (await ask('/api/audit?limit=3', ADMIN)).text()
  expect(JSON.parse(page).entries).toMatchObject([
    { by: 'view token', what: 'incident.note', about: { incident: incident.id, person: 'Grace' } },
    { by: 'Ada of the night shift', what: 'notice.posted', about: { id: notice.id } },
    { by: 'admin token', what: 'token.made', about: { id, name: 'Ada of the night shift' } },
  ])
  for (const hidden of [secret.split('.')[1] ?? '', 'not for the log', ADMIN, VIEW]) expect(page).not.toContain(hidden)
  const { next } = JSON.parse(page)
  const older = await (await ask(`/api/audit?before=${next}`, ADMIN)).json()
  expect(older.entries.map(({ what }: { what: string }) => what)).toContain('token.revoked')
  for (const token of [VIEW, secret]) expect(await statusOf('/api/audit', token)).toBe(403)
})
