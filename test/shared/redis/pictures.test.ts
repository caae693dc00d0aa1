import { describe, expect, test } from 'vitest'
import type { PictureWidth } from '../../../shared/domain/article.ts'
import { keys } from '../../../shared/redis/keys.ts'
import {
  keepPicture,
  type PictureFiles,
  readPicture,
  readPictureHashes,
  tellPicture,
  trimPictures,
} from '../../../shared/redis/pictures.ts'
import { article, minutesAgo } from '../../support/builders.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'

const server = redisOfFile()

const hashOf = (n: number) => n.toString(16).padStart(32, '0')
const filesOf = (bytes: number, n = 0, widths: readonly PictureWidth[] = [96, 480, 960]): PictureFiles =>
  new Map(widths.map(width => [width, Buffer.alloc(bytes, `${n}-${width} `)]))
const keep = (n: number, bytes: number, atMs: number, most: number, widths?: readonly PictureWidth[]) =>
  keepPicture(server.redis, hashOf(n), filesOf(bytes, n, widths), atMs, most)

/** What the counter must say. */
async function stored(): Promise<number> {
  const sizes = (await server.redis.hvalsBuffer(keys.pictures)).map(value => value.length)
  return sizes.reduce((sum, size) => sum + size, 0)
}
const counted = async () => Number(await server.redis.get(keys.pictureBytes))

describe('pictures', () => {
  test('are read byte for byte, in the width that is asked for or the next narrower one', async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 128, 0])
    await keepPicture(
      server.redis,
      hashOf(1),
      new Map([
        [96, bytes],
        [480, Buffer.from('wide')],
      ]),
      1,
      1_000,
    )
    expect(await readPicture(server.redis, hashOf(1), 96)).toEqual(bytes)
    expect(String(await readPicture(server.redis, hashOf(1), 960))).toBe('wide')
    expect(await readPicture(server.redis, hashOf(2), 960)).toBeNull()
  })

  test('are kept once, whoever has them, and are as old as the newest article with them', async () => {
    await keep(1, 100, 1, 900)
    const again = await keep(1, 100, 30, 900)
    expect(again).toEqual({ dropped: [], room: { bytes: 300, oldestMs: 30 } })
    expect(await keep(1, 100, 2, 900)).toEqual(again)
    await keep(2, 100, 10, 900)
    await keep(3, 100, 20, 900)
    expect((await keep(4, 100, 40, 900)).dropped).toEqual([hashOf(2)])
  })

  test('that are not kept are not made of nothing by a newer article', async () => {
    expect(await keepPicture(server.redis, hashOf(1), new Map(), 1, 900)).toEqual({
      dropped: [],
      room: { bytes: 0, oldestMs: null },
    })
    expect(await readPictureHashes(server.redis)).toEqual(new Set())
  })

  test('leave, the oldest first, and as many as make room', async () => {
    for (const n of [1, 2, 3]) await keep(n, 100, n, 900)
    expect((await keep(9, 200, 9, 900)).dropped).toEqual([hashOf(1), hashOf(2)])
    expect(await readPictureHashes(server.redis)).toEqual(new Set([hashOf(3), hashOf(9)]))
  })

  test('that are older than all others do not make them leave', async () => {
    for (const n of [11, 12, 13]) await keep(n, 100, n, 900)
    expect((await keep(1, 100, 1, 900)).dropped).toEqual([hashOf(1)])
  })

  test('larger than all room are not kept', async () => {
    expect((await keep(1, 400, 1, 900)).dropped).toEqual([hashOf(1)])
    expect([await stored(), await counted()]).toEqual([0, 0])
  })

  test('leave when there is less room than before, thousands at once', async () => {
    await Promise.all(Array.from({ length: 9_000 }, (_, n) => keep(n, 10, n, 1e6, [96])))
    const { dropped, room } = await trimPictures(server.redis, 50)
    expect([dropped.length, room]).toEqual([8_995, { bytes: 50, oldestMs: 8_995 }])
    expect((await trimPictures(server.redis, 0)).room).toEqual({ bytes: 0, oldestMs: null })
    expect(await server.redis.exists(keys.pictures, keys.pictureOrder)).toBe(0)
  })

  test('ten thousand, each of another size and age, stay within their room, which is counted to the byte', async () => {
    const most = 100_000
    let over = 0
    for (let n = 0; n < 10_000; n += 500) {
      const some = Array.from({ length: 500 }, (_, i) => n + i)
      const outcomes = await Promise.all(
        some.map(one => keep(one, 100 + ((one * 7_919) % 900), (one * 104_729) % 1_000_003, most)),
      )
      over += outcomes.filter(({ room }) => room.bytes > most).length
      expect(await stored()).toBeLessThanOrEqual(most)
    }
    expect(over).toBe(0)
    const bytes = await stored()
    expect(bytes).toBe(await counted())
    expect(bytes).toBeGreaterThan(most * 0.9)
    const kept = await readPictureHashes(server.redis)
    expect(await server.redis.hlen(keys.pictures)).toBe(kept.size * 3)
  })
})

describe('a picture is told of', () => {
  const image = 'https://news.example.com/a.jpg'
  const picture = { hash: hashOf(7), width: 1200, height: 630 }
  const other = { ...picture, hash: hashOf(8) }
  const store = (more = {}) =>
    server.redis.hset(keys.articles, 'news/a', JSON.stringify(article('news/a', { image, ...more })))
  const tell = (told: typeof picture | undefined, of = image) =>
    tellPicture(
      server.redis,
      'news/a',
      of,
      told,
      data => ({ type: 'article.updated', at: minutesAgo(0), channels: ['news'], data }),
      refuse,
    )
  const read = async () => JSON.parse((await server.redis.hget(keys.articles, 'news/a')) ?? 'null')
  const events = () => server.redis.xlen(keys.events)

  test('in the article, with one event, and taken back with another', async () => {
    await store({ topics: [], summary: 'Zürich 😀' })
    expect(await tell(picture)).toBe(true)
    expect(await read()).toEqual({ ...article('news/a', { image, topics: [], summary: 'Zürich 😀' }), picture })
    expect(await tell(picture)).toBe(true)
    expect(await events()).toBe(1)
    await tell(other)
    expect((await read()).picture).toEqual(other)
    await tell(undefined)
    expect(await read()).not.toHaveProperty('picture')
    expect(await events()).toBe(3)
  })

  test('not where the article has another image by now, or is not there any more', async () => {
    expect(await tell(picture)).toBe(false)
    await store({ image: 'https://news.example.com/b.jpg' })
    expect(await tell(picture)).toBe(false)
    await store({ image: null })
    expect(await tell(picture)).toBe(false)
    expect(await events()).toBe(0)
  })

  test('beside whatever else changes in the article meanwhile', async () => {
    await store()
    const told = tell(picture)
    const changed = Promise.all(
      Array.from({ length: 20 }, (_, n) => store({ title: `Title ${n}`, ...(n < 19 ? {} : { summary: 'last' }) })),
    )
    await Promise.all([told, changed])
    await tell(picture)
    expect(await read()).toMatchObject({ title: 'Title 19', summary: 'last', picture })
  })
})
