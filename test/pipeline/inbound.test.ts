import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordId } from '../../workers/formats/reading.ts'
import { freePort } from '../support/free-port.ts'
import { type Role, startRole } from '../support/role.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../support/temporary-redis.ts'

const SECRET = 'correct-horse-battery'
const ADMIN_TOKEN = 'an-admin-token-of-ours'
/** Stands in every text of the private word, and nowhere else. */
const MARK = 'zebrafinch'
const ARN = 'arn:aws:health:eu-west-1::event/EC2/AWS_EC2_OPERATIONAL_ISSUE/one'
const own = recordId('own', ARN)
const told = recordId('aws-status', ARN)
const now = Math.floor(Date.now() / 1000) - 600

const event = (more: object = {}) => ({
  source: 'aws.health',
  detail: {
    eventArn: ARN,
    service: 'EC2',
    eventTypeCode: `AWS_EC2_${MARK.toUpperCase()}`,
    eventTypeCategory: 'issue',
    communicationId: '1-1',
    startTime: new Date(now * 1000).toUTCString(),
    lastUpdatedTime: new Date(now * 1000).toUTCString(),
    statusCode: 'open',
    eventRegion: 'eu-west-1',
    eventDescription: [{ language: 'en_US', latestDescription: `We see ${MARK} in your account.` }],
    page: '1',
    ...more,
  },
})

/** The public page, which tells the same 840 s after the account was told. */
const publicEvent = {
  arn: ARN,
  date: String(now),
  status: '2',
  service: 'ec2-eu-west-1',
  service_name: 'EC2',
  summary: 'Increased error rates',
  event_log: [{ summary: 's', message: 'We see errors.', status: '2', timestamp: now + 840 }],
}

let redis: TemporaryRedis
let page: Server
let current: object[] = []
let dir: string
let workers: Role
let servers: Role[]
let shown: string
let hidden: string
beforeAll(async () => {
  redis = await temporaryRedis()
  page = createServer((_, response) => response.end(JSON.stringify(current))).listen(0, '127.0.0.1')
  await once(page, 'listening')
  dir = await mkdtemp(path.join(tmpdir(), 'neph-inbound-'))
  const file = path.join(dir, 'sources.yaml')
  await writeFile(
    file,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how the file refers to the environment
    'sources:\n  - { id: aws-status, kind: aws-events, provider: aws, url: "PAGE", private: true, every: 500ms }\n  - { id: own, kind: inbound, format: aws-health, provider: aws, secret: "${SOURCE_OWN_AWS}", name: Zebrafinch }\nstacks:\n  - { id: shop, uses: [aws/ec2@eu-west-1] }\n'.replace(
      'PAGE',
      `http://127.0.0.1:${(page.address() as AddressInfo).port}/`,
    ),
  )
  const common = { REDIS_URL: redis.url, NEPHOSCOPE_CONFIG: file, SOURCE_OWN_AWS: SECRET, ADMIN_TOKEN }
  workers = startRole('workers', common)
  const ports = [await freePort(), await freePort()]
  ;[shown = '', hidden = ''] = ports.map(port => `http://127.0.0.1:${port}`)
  servers = ports.map((port, at) =>
    startRole('server', { ...common, PORT: String(port), ...(at === 1 && { PRIVATE_WORDS: 'hidden' }) }),
  )
  for (const url of [shown, hidden])
    await until(async () => (await fetch(`${url}/readyz`).catch(() => null))?.status === 200, `${url} to be ready`)
  await until(async () => (await get(shown, '/api/sources/own')).status === 200, 'the source')
})
afterAll(async () => {
  await Promise.all([workers, ...servers].map(role => role.stop('SIGKILL')))
  page.closeAllConnections()
  page.close()
  await redis.close()
  await rm(dir, { recursive: true, force: true })
})

const get = async (url: string, address: string) => {
  const answer = await fetch(url + address)
  return { status: answer.status, text: await answer.text() }
}
const send = (body: object, url = hidden) =>
  fetch(`${url}/hooks/in/own`, { method: 'POST', headers: { 'X-API-Key': SECRET }, body: JSON.stringify(body) })
const incident = async (id: string) => JSON.parse((await get(shown, `/api/incidents/${id}`)).text)

test('the account is told before the status page, and both words are joined with their lead', async () => {
  expect(JSON.parse((await get(shown, '/api/sources/own')).text).source.lastPostAt).toBeNull()
  expect((await send(event())).status).toBe(202)
  await until(async () => (await get(shown, `/api/incidents/${own}`)).status === 200, 'the private word')
  expect((await incident(own)).incident).toMatchObject({
    isPrivate: true,
    regions: ['aws/eu-west-1'],
    serviceIds: ['aws/ec2'],
  })
  expect((await incident(own)).joined).toEqual([])
  const lastPostAt = async () => JSON.parse((await get(shown, '/api/sources/own')).text).source.lastPostAt
  await until(async () => (await lastPostAt()) !== null, 'the source to show its post')

  current = [publicEvent]
  await until(async () => (await get(shown, `/api/incidents/${told}`)).status === 200, 'the public word')
  const [joined] = (await incident(told)).joined
  expect(joined).toMatchObject({ id: own, isPrivate: true, lead: { theirs: 840 } })
  expect(joined.lead.ours).toBeGreaterThanOrEqual(0)
  expect((await incident(own)).joined).toEqual([{ ...joined, id: told, isPrivate: false }])
})

test('it colours the stack that it certainly concerns, and neither region nor provider', async () => {
  current = []
  await until(async () => (await incident(told)).incident.status === 'resolved', 'the end of the public word')
  const region = async () => JSON.parse((await get(shown, '/api/regions/aws/eu-west-1')).text).region.status
  await until(async () => (await region()).status === 'operational', 'the region to be well')
  expect((await region()).incidents).toEqual([])
  const stack = async (url: string) => JSON.parse((await get(url, '/api/stacks/shop')).text)
  expect((await stack(shown)).stack.status).toBe('partial_outage')
  expect((await stack(hidden)).stack.status).toBe('operational')
  const badge = async (url: string, of: string) => (await get(url, `/badge/${of}.svg`)).text
  for (const of of ['provider/aws', 'region/aws/eu-west-1', 'service/aws/ec2', 'vendor/aws'])
    expect(await badge(shown, of), of).toBe(await badge(hidden, of))
  expect(await badge(shown, 'stack/shop')).not.toBe(await badge(hidden, 'stack/shop'))
})

const everything = [
  '/api/snapshot',
  '/api/compact-snapshot',
  '/api/compact-snapshot/texts',
  '/api/snapshot?channels=stack/shop',
  '/api/incidents',
  '/api/incidents?stack=shop',
  '/api/incidents?state=ended',
  `/api/incidents/${own}`,
  `/api/incidents/${told}`,
  `/api/incidents/${own}/ledger`,
  `/api/incidents/${own}/ledger.csv`,
  `/api/incidents/${own}/ledger/1`,
  '/api/events?since=0-0&limit=500',
  '/api/events?since=0-0&limit=500&channels=stack/shop',
  `/api/events?since=0-0&channels=incident/${own}`,
  '/api/regions/aws/eu-west-1',
  '/api/stacks',
  '/api/stacks/shop',
  '/api/stats',
  '/api/sources',
  '/api/sources/own',
  `/api/search?q=${MARK}`,
  '/feeds/all.atom',
  '/feeds/stack/shop.rss',
  `/feeds/incident/${own}.json`,
  '/embed/stack/shop',
  '/embed/region/aws/eu-west-1',
  '/statuspage/aws/api/v2/summary.json',
  '/statuspage/aws/api/v2/incidents.json',
  '/statuspage/stack/shop/api/v2/summary.json',
  '/statuspage/stack/shop/api/v2/incidents.json',
  `/embed/incident/${own}`,
  '/calendar/status.ics',
  '/calendar/stack/shop.ics',
  `/calendar/incident/${own}.ics`,
  '/statuspage/region/aws/eu-west-1/api/v2/incidents.json',
  '/statuspage/service/aws/ec2/api/v2/summary.json',
  '/statuspage/stack/shop/history.atom',
  '/statuspage/aws/history.rss',
  '/statuspage/aws',
  '/metrics',
  '/incidents',
  `/incident/${own}`,
]
const leaks = (text: string): boolean => new RegExp(`${MARK}|isPrivate|inbound:`, 'i').test(text)

test('a server that hides private words tells none, by any route, and neither by stream nor socket', async () => {
  const note = { what: 'note', by: 'Ada', text: `Looking at ${MARK}.` }
  const handle = (url: string) =>
    fetch(`${url}/api/incidents/${own}/handling`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${ADMIN_TOKEN}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(note),
    })
  expect([(await handle(hidden)).status, (await handle(shown)).status]).toEqual([404, 200])
  await until(async () => (await get(shown, '/api/snapshot')).text.includes(note.text), 'the note')
  const leaked: string[] = []
  const told: string[] = []
  for (const address of everything) {
    if (leaks((await get(hidden, address)).text)) leaked.push(address)
    const answer = await get(shown, address)
    expect(answer.status, address).toBe(200)
    if (leaks(answer.text)) told.push(address)
  }
  expect(leaked).toEqual([])
  expect(told).toEqual(
    expect.arrayContaining([
      '/api/snapshot',
      '/api/events?since=0-0&limit=500',
      '/feeds/stack/shop.rss',
      '/api/sources',
    ]),
  )
  const ofEverybody = [
    '/feeds/all.atom',
    '/embed/region/aws/eu-west-1',
    '/calendar/status.ics',
    '/api/stats',
    '/incidents',
  ]
  expect(told.filter(address => ofEverybody.includes(address) || /^\/statuspage\/(?!stack)/.test(address))).toEqual([])

  // The next words arrive while followers listen, and others come after them.
  const heard = await Promise.all([shown, hidden].map(url => listen(url)))
  await send(
    event({
      communicationId: '2-1',
      lastUpdatedTime: new Date(now * 1000 + 60_000).toUTCString(),
      eventDescription: [{ language: 'en', latestDescription: `More ${MARK}.` }],
    }),
  )
  await until(() => heard[0]?.text().includes(`More ${MARK}`) === true, 'the shown server to tell it')
  current = [{ ...publicEvent, arn: `${ARN}2` }]
  await until(
    () => heard[1]?.text().includes('Increased error rates') === true,
    'the hidden server to tell what follows',
  )
  const late = await Promise.all([shown, hidden].map(url => listen(url, '0-0')))
  await until(() => late.every(one => one.text().includes('Increased error rates')), 'those who come later')
  expect([heard[0], late[0]].every(one => leaks(one?.text() ?? ''))).toBe(true)
  expect([heard[1], late[1]].some(one => leaks(one?.text() ?? ''))).toBe(false)
  for (const one of [...heard, ...late]) one.close()
})

/** All that a socket and an event stream say. */
async function listen(url: string, since?: string) {
  let text = ''
  const stop = new AbortController()
  const answer = await fetch(`${url}/api/stream?channels=all${since ? `&since=${since}` : ''}`, { signal: stop.signal })
  void (async () => {
    for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString()
  })().catch(() => undefined)
  const socket = io(url, {
    transports: ['websocket'],
    auth: { channels: ['all', 'stack/shop'], ...(since && { since }) },
  })
  socket.onAny((...said) => {
    text += JSON.stringify(said)
  })
  await until(() => socket.connected && text.includes('pulse'), 'a socket and a stream')
  return {
    text: () => text,
    close() {
      stop.abort()
      socket.close()
    },
  }
}

test('of forty posts none is lost while workers are killed, and each is told once', async () => {
  const ids = Array.from({ length: 40 }, (_, n) => `${ARN}/kill-${n}`)
  let sending = true
  const killing = (async () => {
    for (let n = 0; n < 6 && sending; n++) {
      await sleep(700)
      await workers.stop('SIGKILL')
      workers.start()
    }
  })()
  for (const eventArn of ids) {
    expect((await send(event({ eventArn, communicationId: eventArn }))).status).toBe(202)
    await sleep(50)
  }
  sending = false
  await killing
  for (const eventArn of ids)
    await until(async () => (await get(shown, `/api/incidents/${recordId('own', eventArn)}`)).status === 200, eventArn)
  const { events } = JSON.parse((await get(shown, '/api/events?since=0-0&limit=500')).text)
  const opened = events
    .filter((one: { type: string }) => one.type === 'incident.opened')
    .map((one: { data: { id: string } }) => one.data.id)
  const wanted = ids.map(eventArn => recordId('own', eventArn))
  expect(opened.filter((id: string) => wanted.includes(id))).toEqual(wanted)
  expect(await redis.redis.exists('{nephoscope}:inbox:own')).toBe(0)
})
