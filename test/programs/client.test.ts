import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { fetchSnapshot, type State, type Watch, type WatchOptions, watch } from '../../programs/client/index.ts'
import type { Event } from '../../programs/client/records.ts'
import { postNotice } from '../../shared/redis/notices.ts'
import { minutesAgo, NOON } from '../support/builders.ts'
import { composedServer } from '../support/composed-server.ts'
import { type Line, startLine } from '../support/line.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../support/temporary-redis.ts'

let store: TemporaryRedis
let server: Awaited<ReturnType<typeof composedServer>>
let line: Line
let watches: Watch[] = []
beforeAll(async () => {
  store = await temporaryRedis()
  await tell('before')
  const catalogue = { providers: new Map(), regions: new Map() }
  server = await composedServer(store, { catalogue, services: new Map(), vendors: new Map() })
})
beforeEach(async () => {
  line = await startLine(server.url)
})
afterEach(async () => {
  for (const one of watches) one.close()
  watches = []
  await line.close()
})
afterAll(async () => {
  await server.close()
  await store.close()
})

/** Posts a notice; all but the first take the place of each other, as there may be only so many. */
async function tell(text: string): Promise<void> {
  const id = (text === 'before' ? '0' : '1').repeat(26)
  await postNotice(store.redis, { id, text, level: 'info', from: minutesAgo(60), until: null }, NOON)
}

/** Follows notices over the line, and keeps what it was told. */
function follow(options: Partial<WatchOptions> = {}) {
  const texts: string[] = []
  const states: State[] = []
  const onEvent = (event: Event) => {
    if (event.type === 'notice.posted') texts.push(event.data.text)
  }
  const onState = (state: State) => states.push(state)
  const one = watch({ url: line.url, channels: ['notices'], onEvent, onState, ...options })
  watches.push(one)
  const isLive = () => states.at(-1)?.state === 'live'
  return { texts, states, isLive, watch: one }
}

test('a quiet channel that is cut before its first event is told what happened meanwhile', async () => {
  const { texts, isLive } = follow()
  await until(isLive, 'the stream')
  line.down()
  await until(() => !isLive(), 'the cut')
  await tell('while it was cut')
  line.up()
  await until(() => texts.length > 0, 'the event')
  expect(texts).toEqual(['while it was cut'])
})

test('over ten cuts every event comes once and in order', async () => {
  const { texts, isLive } = follow()
  await until(isLive, 'the stream')
  for (let n = 0; n < 10; n++) {
    await tell(`${n} before`)
    line.cut()
    await tell(`${n} while`)
    await until(() => !isLive(), 'the cut')
    await until(isLive, 'the stream')
    await tell(`${n} after`)
  }
  const all = Array.from({ length: 10 }, (_, n) => [`${n} before`, `${n} while`, `${n} after`]).flat()
  await until(() => texts.length >= all.length, 'all events')
  expect(texts).toEqual(all)
})

test('events go on where a handler has finished, and the place to go on from is known', async () => {
  const first = follow()
  await until(first.isLive, 'the stream')
  await tell('one')
  await until(() => first.texts.length === 1, 'the event')
  await until(() => first.watch.since === server.current.view.head, 'the place')
  first.watch.close()
  await first.watch.done
  expect(first.states.at(-1)).toEqual({ state: 'closed', error: null })
  await tell('two')
  const { texts } = follow({ since: first.watch.since })
  await until(() => texts.length > 0, 'the event')
  expect(texts).toEqual(['two'])
})

test('the snapshot comes first, and what happened after it follows', async () => {
  const heads: string[] = []
  const { texts, isLive } = follow({
    async onSnapshot(snapshot, reason) {
      expect(reason).toBe('start')
      expect(snapshot.notices.map(({ text }) => text)).toContain('before')
      heads.push(snapshot.head)
      await tell('while the snapshot was drawn')
    },
  })
  await until(() => isLive() && texts.length > 0, 'the event')
  expect(heads).toHaveLength(1)
  expect(texts).toEqual(['while the snapshot was drawn'])
})

test('a past that is gone is a reset with a snapshot, for a function and for a loop', async () => {
  const resets: string[] = []
  const { isLive } = follow({ since: '1-0', onSnapshot: (_, reason) => resets.push(reason) })
  await until(isLive, 'the stream')
  expect(resets).toEqual(['trimmed'])
  for await (const event of watch({ url: line.url, channels: ['notices'], since: '1-0' })) {
    if (event.type !== 'reset') throw new Error(event.type)
    expect(event.data.reason).toBe('trimmed')
    expect(event.id).toBe(event.data.snapshot.head)
    break
  }
})

test('a loop gets each event once it asks, over cuts too, and ends with the signal', async () => {
  const ending = new AbortController()
  const texts: string[] = []
  const states: string[] = []
  const one = watch({
    ...{ url: line.url, channels: ['notices'], signal: ending.signal },
    onState: ({ state }) => states.push(state),
  })
  const loop = async () => {
    for await (const event of one) {
      if (event.type === 'notice.posted') texts.push(event.data.text)
      line.cut()
      if (texts.length === 3) ending.abort()
    }
  }
  const looping = loop()
  await until(() => states.includes('live'), 'the stream')
  for (const text of ['a', 'b', 'c']) await tell(text)
  await looping
  await one.done
  expect(texts).toEqual(['a', 'b', 'c'])
})

test('what cannot be followed ends with the reason in one line', async () => {
  const refusalOf = (options: Partial<WatchOptions>) =>
    follow(options).watch.done.catch((error: Error) => error.message)
  expect(await refusalOf({ channels: ['vendor/strpie'] })).toContain("there is no vendor 'strpie'")
  expect(await refusalOf({ channels: ['nonsense'] })).toContain("'nonsense' is not a channel: use all, status")
  expect(await refusalOf({ since: 'yesterday' })).toContain('since: must be the id of an event')
  expect(await refusalOf({ url: `${line.url}/elsewhere` })).toContain('404')
  expect(() => watch({ url: 'localhost:3000' })).toThrow(
    "url: 'localhost:3000' is no address: write it like http://localhost:3000",
  )
  const failing = follow({
    onEvent() {
      throw new Error('the handler failed')
    },
  })
  await until(failing.isLive, 'the stream')
  await tell('too much')
  await expect(failing.watch.done).rejects.toThrow('the handler failed')
})

test('a snapshot can be had alone, of some channels or of all', async () => {
  expect((await fetchSnapshot({ url: server.url, channels: ['notices'] })).notices.length).toBeGreaterThan(0)
  expect((await fetchSnapshot({ url: server.url, channels: ['news'] })).notices).toEqual([])
  await expect(fetchSnapshot({ url: server.url, channels: ['stack/none'] })).rejects.toMatchObject({ status: 400 })
})
