import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { currentState } from '../../../server/live/current.ts'
import { eventsAfter } from '../../../server/live/resume.ts'
import { snapshotCache } from '../../../server/live/snapshot.ts'
import { type Streams, serveStreams } from '../../../server/live/streams.ts'
import type { Event, EventDraft } from '../../../shared/domain/events.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { loadView } from '../../../shared/redis/load-view.ts'
import { article, entry, incident, minutesAgo } from '../../support/builders.ts'
import { type Follower, followStream } from '../../support/event-source.ts'
import { namesOf } from '../../support/names.ts'
import { refuse } from '../../support/redis-of-file.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../../support/temporary-redis.ts'
import { countedView } from './fanout/live-server.ts'

let store: TemporaryRedis
let http: Server
let streams: Streams
let current: ReturnType<typeof currentState>
let followers: Follower[] = []
let random = Math.random
const quiet = { warn: () => undefined, info: () => undefined }
const deps = () => ({ redis: store.redis, current, onInvalid: refuse, now: Date.now })

beforeAll(async () => {
  store = await temporaryRedis()
})
beforeEach(async () => {
  await store.redis.flushall()
  current = currentState()
  current.replace(await loadView(store.redis, refuse))
  const catalogue = { providers: new Map(), regions: new Map() }
  streams = serveStreams({
    ...deps(),
    snapshot: snapshotCache({ current, catalogue, build: 'b', heartbeat: { workersAt: null }, now: Date.now }),
    pulse: () => ({ at: minutesAgo(0), head: current.view.head, workersAt: null, comeBackWithinMs: 1_000 }),
    ...namesOf(current),
    onResume: () => undefined,
    log: quiet,
    random: () => random(),
  })
  http = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://x')
    streams.open(response, (searchParams.get('channels') ?? 'all').split(','), searchParams.get('since') ?? undefined)
  }).listen(0, '127.0.0.1')
  await once(http, 'listening')
})
afterEach(async () => {
  for (const follower of followers) follower.close()
  followers = []
  http.closeAllConnections()
  http.close()
})
afterAll(() => store.close())

/** Tells of an article. */
const tell = (id: string, channels: string[]): Promise<Event> =>
  happen({ type: 'article.published', at: minutesAgo(0), channels, data: article(`s/${id}`) })

/** Tells of an incident with as many words as one may have, about 200 kB. */
const tellMuch = (): Promise<Event> => {
  const entries = Array.from({ length: 50 }, (_, i) => entry(50 - i, i, { text: 'x'.repeat(4000) }))
  return happen({
    type: 'incident.updated',
    at: minutesAgo(0),
    channels: ['news'],
    data: incident('s/much', { entries }),
  })
}

/** Makes an event happen, as a worker and the tail together would. */
async function happen(draft: EventDraft): Promise<Event> {
  const place = (await store.redis.xadd(keys.events, '*', 'event', JSON.stringify(draft))) ?? ''
  const event: Event = { ...draft, id: place }
  current.apply([event])
  streams.deliver([event])
  return event
}
function follow(query: string): Follower {
  const { port } = http.address() as AddressInfo // it listens on a port
  const follower = followStream(`http://127.0.0.1:${port}/?${query}`)
  followers.push(follower)
  return follower
}
const idsOf = (follower: Follower) => follower.messages.filter(({ event }) => event === 'event').map(({ id }) => id)
const isLive = (follower: Follower) => follower.messages.some(({ event }) => event === 'pulse')

test('a follower gets the events of its channels, each once and in order, and its pulse tells how far it has come', async () => {
  const follower = follow('channels=news,topic/a')
  await until(() => isLive(follower), 'the stream')
  const events = [await tell('a', ['all', 'news', 'topic/a']), await tell('b', ['status']), await tell('c', ['news'])]
  streams.pulse()
  await until(() => follower.messages.length === 4, 'the events and two pulses')
  expect(idsOf(follower)).toEqual([events[0]?.id, events[2]?.id])
  expect(follower.messages.at(-1)).toMatchObject({ event: 'pulse', id: events[2]?.id })
  expect(follower.messages[1]?.data).toEqual(events[0])
})

test('the first message to a follower of a quiet channel names the place from which it goes on', async () => {
  const { id } = await tell('elsewhere', ['status'])
  const follower = follow('channels=topic/quiet')
  await until(() => follower.messages.length > 0, 'the first message')
  expect(follower.messages[0]).toMatchObject({ event: 'pulse', id, data: { head: id } })
  follower.close()
  const missed = await tell('missed', ['topic/quiet'])
  const again = follow(`channels=topic/quiet&since=${follower.messages[0]?.id}`)
  await until(() => isLive(again), 'the stream')
  expect(idsOf(again)).toEqual([missed.id])
})

test('whoever names the last event gets what was missed, out of memory and out of Redis, and then goes live', async () => {
  const first = await tell('first', ['news'])
  const missed: string[] = []
  for (let i = 0; i < 250; i++) missed.push((await tell(`n${i}`, [i % 2 === 0 ? 'news' : 'status'])).id)
  const fromMemory = follow(`channels=news&since=${first.id}`)
  await until(() => isLive(fromMemory), 'the stream out of memory')

  current.replace(await loadView(store.redis, refuse))
  const fromRedis = follow(`channels=news&since=${first.id}`)
  await until(() => isLive(fromRedis), 'the stream out of Redis')
  const last = await tell('last', ['news'])
  const expected = [...missed.filter((_, i) => i % 2 === 0), last.id]
  for (const follower of [fromMemory, fromRedis]) {
    await until(() => idsOf(follower).length >= expected.length, 'everything')
    expect(idsOf(follower)).toEqual(expected)
  }
})

test('an id that no longer stands is answered with a reset, and what happens after its snapshot', async () => {
  await tell('a', ['news'])
  const follower = follow('channels=news&since=1-1')
  await until(() => isLive(follower), 'the stream')
  const after = await tell('b', ['news'])
  await until(() => idsOf(follower).length === 1, 'the event after')
  expect(follower.messages[0]).toMatchObject({ event: 'reset', data: { reason: 'trimmed' } })
  expect(idsOf(follower)).toEqual([after.id])
})

test('followers that come back from too long ago share one encoding, in whatever order they name their channels', async () => {
  const { view, encodings } = countedView('2-0')
  current.replace(view)
  const late = Array.from({ length: 30 }, (_, n) =>
    follow(`channels=${n % 2 === 0 ? 'provider/aws,news' : 'news,provider/aws'}&since=1-1`),
  )
  await until(() => late.every(({ messages }) => messages.some(({ event }) => event === 'reset')), 'the resets')
  expect(encodings()).toBe(1)
  for (const { messages } of late)
    expect(messages.find(({ event }) => event === 'reset')?.data).toMatchObject({
      reason: 'trimmed',
      snapshot: { head: '2-0', incidents: [{ id: 's/one' }] },
    })
})

test('when the view was rebuilt every follower starts anew', async () => {
  const follower = follow('channels=news')
  await until(() => isLive(follower), 'the stream')
  await store.redis.del(keys.events)
  current.replace(await loadView(store.redis, refuse))
  streams.reset('rebuilt')
  await until(() => follower.messages.some(({ event }) => event === 'reset'), 'the reset')
  const after = await tell('b', ['news'])
  await until(() => idsOf(follower).length === 1, 'the event after')
  expect(idsOf(follower)).toEqual([after.id])
})

test('a follower that does not read is ended, and the others are not kept waiting', async () => {
  const hung = follow('channels=news')
  const well = follow('channels=news')
  await until(() => isLive(hung) && isLive(well), 'the streams')
  hung.read(false)
  let told = 0
  await until(
    async () => {
      await tellMuch()
      told += 1
      return streams.connected() === 1
    },
    'the one that hangs to be ended',
    60,
  )
  await until(() => idsOf(well).length === told, 'the other to have everything')
})

test('a page of events goes on where the last one ended, also where nothing in it belonged to the channel', async () => {
  const start = (await eventsAfter({ channels: ['news'], limit: 10 }, deps())).next
  const told: string[] = []
  for (let i = 0; i < 250; i++) told.push((await tell(`n${i}`, [i % 5 === 0 ? 'news' : 'status'])).id)
  const got: string[] = []
  let page = await eventsAfter({ channels: ['news'], since: start, limit: 20 }, deps())
  for (;;) {
    got.push(...page.events.map(({ id }) => id))
    if (!page.more) break
    page = await eventsAfter({ channels: ['news'], since: page.next, limit: 20 }, deps())
  }
  expect(got).toEqual(told.filter((_, i) => i % 5 === 0))
  expect(page.next).toBe(told.at(-1))
  expect(await eventsAfter({ channels: ['news'], since: '1-1', limit: 20 }, deps())).toMatchObject({
    reset: 'trimmed',
    events: [],
    next: told.at(-1),
  })
})

test('each client is asked to come again after another time, so that not all do at once', async () => {
  const { port } = http.address() as AddressInfo // it listens on a port
  const retryOf = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/?channels=all`)
    const { value } = (await answer.body?.getReader().read()) ?? {}
    return Number(/^retry: (\d+)$/m.exec(Buffer.from(value ?? []).toString())?.[1])
  }
  random = () => 0
  expect(await retryOf()).toBe(500)
  random = () => 0.5
  expect(await retryOf()).toBe(2_000)
})
