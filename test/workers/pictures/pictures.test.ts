import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Article } from '../../../shared/domain/article.ts'
import type { Event } from '../../../shared/domain/events.ts'
import { ORIGIN } from '../../../shared/domain/events.ts'
import { connectRedis } from '../../../shared/redis/connect.ts'
import { readEvents } from '../../../shared/redis/event-stream.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { readPicture, readPictureHashes } from '../../../shared/redis/pictures.ts'
import { RedisUrl } from '../../../shared/redis/redis-url.ts'
import { createHttp } from '../../../workers/http/http.ts'
import { MAX_IMAGE_BYTES } from '../../../workers/pictures/fetch-picture.ts'
import { startPictures } from '../../../workers/pictures/pictures.ts'
import { article, minutesAgo } from '../../support/builders.ts'
import { drawnImage, noisyImage } from '../../support/drawn-images.ts'
import { type Line, startLine } from '../../support/line.ts'
import { refuse } from '../../support/redis-of-file.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../../support/temporary-redis.ts'

const log = pino({ level: 'silent' })

let server: TemporaryRedis
let line: Line
let site: Server
let origin: string
let answers: Map<string, Buffer | RequestListener>
let asked: string[]
let clockIsOffMs = 0
let running: { stop(): Promise<void> }[] = []

beforeEach(async () => {
  clockIsOffMs = 0
  answers = new Map()
  asked = []
  server = await temporaryRedis()
  line = await startLine(() => ({ path: server.socket }))
  site = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const answer = answers.get(path)
    if (typeof answer === 'function') return answer(request, response)
    if (answer === undefined) response.statusCode = 404
    response.end(answer)
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => site.once('listening', resolve))
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}` // it listens on a port
})
afterEach(async () => {
  await Promise.all(running.map(one => one.stop()))
  running = []
  site.closeAllConnections()
  site.close()
  await line.close()
  await server.close()
})

function start({ maxBytes = 1e6 } = {}): { stop(): Promise<void> } {
  const connect = () => connectRedis({ address: RedisUrl.parse(`redis://127.0.0.1:${line.port}`) }, 'test', log)
  const redis = connect()
  const pictures = startPictures({
    redis,
    blocked: connect(),
    http: createHttp({ isPublic: () => true, userAgent: 'Nephoscope-Test/1', maxBytes: MAX_IMAGE_BYTES, perHost: 1 }),
    reachFor: () => undefined,
    countryOf: () => undefined,
    maxBytes,
    now: () => Date.now() + clockIsOffMs,
    log,
    onInvalid: refuse,
  })
  const one = {
    async stop() {
      running = running.filter(other => other !== one)
      await pictures.stop()
      redis.disconnect()
    },
  }
  running.push(one)
  return one
}

/** Stores an article as a poll does: the record and its event. */
async function publish(id: string, more: Partial<Article> = {}): Promise<void> {
  const data = article(id, { image: `${origin}/${id}.jpg`, title: `About ${id}`, ...more })
  const before = await server.redis.hexists(keys.articles, id)
  const type = before === 1 ? 'article.updated' : 'article.published'
  const event = JSON.stringify({ type, at: minutesAgo(0), channels: ['news'], data })
  await server.redis.multi().hset(keys.articles, id, JSON.stringify(data)).xadd(keys.events, '*', 'event', event).exec()
}
const read = async (id: string): Promise<Article> => JSON.parse((await server.redis.hget(keys.articles, id)) ?? '{}')
const hasPicture = async (id: string) => (await read(id)).picture !== undefined
const all = (ids: readonly string[]) => async () => (await Promise.all(ids.map(hasPicture))).every(Boolean)
const events = (): Promise<Event[]> => readEvents(server.redis, ORIGIN, 10_000, refuse)
const lost = async () =>
  Object.fromEntries(
    Object.entries(await server.redis.hgetall(keys.lostPictures)).map(([source, told]) => [source, JSON.parse(told)]),
  )
const timesAsked = (path: string) => asked.filter(one => one === path).length

describe('an article gets its picture', () => {
  test('after it is stored, and pages hear of it as of any change', async () => {
    start()
    answers.set('/news/a.jpg', await noisyImage(1200, 800))
    await publish('news/a')
    await publish('news/words', { image: null })
    await until(() => hasPicture('news/a'), 'the picture')
    const { picture } = await read('news/a')
    expect(picture).toMatchObject({ width: 1200, height: 800 })
    expect(await readPicture(server.redis, picture?.hash ?? '', 480)).not.toBeNull()
    const told = (await events()).map(({ type, data }) => [type, 'picture' in data ? data.picture : null])
    expect(told).toEqual([
      ['article.published', null],
      ['article.published', null],
      ['article.updated', picture],
    ])
    expect((await events()).at(-1)?.channels).toContain('news')
  })

  test('also one that was stored while no worker ran, the newest first', async () => {
    for (const [id, minutes] of [
      ['news/old', 90],
      ['news/new', 1],
      ['news/mid', 30],
    ] as const) {
      answers.set(`/${id}.jpg`, await drawnImage(200, 150, minutes))
      await publish(id, { publishedAt: minutesAgo(minutes) })
    }
    start()
    await until(all(['news/old', 'news/new', 'news/mid']), 'all pictures')
    expect(asked).toEqual(['/news/new.jpg', '/news/mid.jpg', '/news/old.jpg'])
  })

  test('another one when its image changes, and none of the image before', async () => {
    start()
    answers.set('/one.jpg', await drawnImage(200, 150, 1))
    answers.set('/two.jpg', await drawnImage(300, 150, 2))
    await publish('news/a', { image: `${origin}/one.jpg` })
    await until(() => hasPicture('news/a'), 'the first picture')
    await publish('news/a', { image: `${origin}/two.jpg` })
    await until(async () => (await read('news/a')).picture?.width === 300, 'the second picture')
  })

  test('again without asking for it, where a poll wrote the article as it was before', async () => {
    start()
    answers.set('/news/a.jpg', await drawnImage(200, 150))
    await publish('news/a')
    await until(() => hasPicture('news/a'), 'the picture')
    await publish('news/a', { title: 'Rewritten' })
    await until(() => hasPicture('news/a'), 'the picture again')
    expect(await read('news/a')).toMatchObject({ title: 'Rewritten', picture: { width: 200 } })
    expect(timesAsked('/news/a.jpg')).toBe(1)
  })

  test('which articles share that have one image: it is asked for once', async () => {
    answers.set('/site.png', await drawnImage(400, 300))
    for (const id of ['news/a', 'news/b', 'other/c']) await publish(id, { image: `${origin}/site.png` })
    start()
    await until(all(['news/a', 'news/b', 'other/c']), 'the pictures')
    await publish('news/later', { image: `${origin}/site.png` })
    await until(() => hasPicture('news/later'), 'the picture of a later article')
    expect(asked).toEqual(['/site.png'])
    expect((await readPictureHashes(server.redis)).size).toBe(1)
  })

  test('of the newest forty of a source alone', async () => {
    const shared = `${origin}/site.png`
    answers.set('/site.png', await drawnImage(400, 300))
    for (let n = 0; n < 42; n++) await publish(`news/n${n}`, { image: shared, publishedAt: minutesAgo(100 - n) })
    start()
    await until(all(Array.from({ length: 40 }, (_, n) => `news/n${n + 2}`)), 'forty pictures')
    expect([await hasPicture('news/n0'), await hasPicture('news/n1')]).toEqual([false, false])
  })
})

describe('what cannot be had', () => {
  test('is told to the owner of its source, tried again seldom, and in the end no more', async () => {
    start()
    await publish('news/a')
    await publish('news/b', { image: `${origin}/page.png`, publishedAt: minutesAgo(90) })
    answers.set('/page.png', Buffer.from('<!doctype html>'))
    await until(async () => (await lost()).news?.count === 2, 'the losses to be told')
    expect(await lost()).toEqual({ news: { count: 2, why: 'HTTP 404' } })
    expect(timesAsked('/news/a.jpg')).toBe(1)
    for (const [times, afterMs] of [
      [2, 61_000],
      [3, 3_700_000],
      [4, 90_000_000],
    ] as const) {
      clockIsOffMs += afterMs
      await until(async () => timesAsked('/news/a.jpg') === times, `try ${times}`)
    }
    clockIsOffMs += 10 * 90_000_000
    answers.set('/news/c.jpg', await drawnImage(64, 64))
    await publish('news/c', { publishedAt: minutesAgo(600) })
    await until(() => hasPicture('news/c'), 'an older picture')
    expect(timesAsked('/news/a.jpg')).toBe(4)
    expect(timesAsked('/page.png')).toBe(1) // refused for good
  })

  test('may come later: then nothing is told any more', async () => {
    start()
    await publish('news/a')
    await until(async () => (await lost()).news?.count === 1, 'the loss to be told')
    answers.set('/news/a.jpg', await drawnImage(200, 150))
    clockIsOffMs += 61_000
    await until(() => hasPicture('news/a'), 'the picture')
    await until(async () => Object.keys(await lost()).length === 0, 'the loss to be taken back')
  })

  test('costs no more than its bound of bytes and of time', async () => {
    let sent = 0
    answers.set('/news/a.jpg', (_, response) => {
      const send = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, '\xff\xd8\xff', 'latin1'))) sent += 65_536
        sent += 65_536
      }
      response.on('drain', send)
      send()
    })
    answers.set('/news/b.jpg', await drawnImage(200, 150))
    await publish('news/a')
    await publish('news/b', { publishedAt: minutesAgo(90) })
    start()
    await until(async () => (await lost()).news?.count === 1, 'the endless one to be refused')
    expect((await lost()).news.why).toMatch(/over 5 MB/)
    expect(sent).toBeLessThan(20e6)
    await until(() => hasPicture('news/b'), 'the other picture')
  })
})

describe('the room for pictures', () => {
  test('is kept: the oldest leave, their articles say so, and they are not asked for again', async () => {
    const ids = Array.from({ length: 12 }, (_, n) => `news/n${n}`)
    for (const [n, id] of ids.entries()) answers.set(`/${id}.jpg`, await noisyImage(480, 320 + n))
    const maxBytes = 200_000
    start({ maxBytes })
    for (const [n, id] of ids.entries()) {
      await publish(id, { publishedAt: minutesAgo(100 - n) })
      await until(() => hasPicture(id), `the picture of ${id}`)
    }
    const kept = await readPictureHashes(server.redis)
    expect(Number(await server.redis.get(keys.pictureBytes))).toBeLessThanOrEqual(maxBytes)
    const named = (await Promise.all(ids.map(read))).map(({ picture }) => picture?.hash)
    expect(new Set(named.filter(hash => hash !== undefined))).toEqual(kept)
    expect(named.slice(0, ids.length - kept.size)).toEqual(Array(ids.length - kept.size).fill(undefined))
    expect(kept.size).toBeLessThan(ids.length)
    expect(asked.length).toBe(ids.length)
  })

  test('of none takes all pictures away, and asks for nothing', async () => {
    answers.set('/news/a.jpg', await drawnImage(200, 150))
    await publish('news/a')
    const first = start()
    await until(() => hasPicture('news/a'), 'the picture')
    await first.stop()
    start({ maxBytes: 0 })
    await until(async () => !(await hasPicture('news/a')), 'the picture to be taken back')
    await publish('news/b')
    expect(await readPictureHashes(server.redis)).toEqual(new Set())
    expect(asked).toEqual(['/news/a.jpg'])
  })

  test('that lost its pictures, as after a restore, is filled again', async () => {
    answers.set('/news/a.jpg', await drawnImage(200, 150))
    await publish('news/a')
    const first = start()
    await until(() => hasPicture('news/a'), 'the picture')
    await first.stop()
    await server.redis.del(keys.pictures, keys.pictureOrder, keys.pictureBytes)
    start()
    await until(async () => (await readPictureHashes(server.redis)).size === 1 && hasPicture('news/a'), 'it again')
    const told = (await events()).map(({ data }) => 'picture' in data && data.picture !== undefined)
    expect(told).toEqual([false, true, false, true])
  })
})

test('of two workers one fetches, and another goes on when it stops, without asking twice', async () => {
  const ids = Array.from({ length: 8 }, (_, n) => `news/n${n}`)
  for (const [n, id] of ids.entries()) answers.set(`/${id}.jpg`, await drawnImage(200, 150, n))
  const first = start()
  start()
  for (const id of ids.slice(0, 4)) await publish(id)
  await until(all(ids.slice(0, 4)), 'the first pictures')
  await first.stop()
  for (const id of ids.slice(4)) await publish(id)
  await until(all(ids), 'all pictures')
  expect(asked.toSorted()).toEqual(ids.map(id => `/${id}.jpg`))
  expect((await events()).length).toBe(16)
})
