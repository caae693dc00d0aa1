import type { Redis } from 'ioredis'
import { Article, PICTURE_WIDTHS, type Picture, type PictureWidth } from '../domain/article.ts'
import type { EventDraft } from '../domain/events.ts'
import type { RecordId } from '../domain/primitives.ts'
import { appendEventLua, STREAM_LENGTH } from './event-stream.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'
import { script } from './script.ts'

/** A picture as it is kept: WebP by width. A narrow original has the first widths alone. */
export type PictureFiles = ReadonlyMap<PictureWidth, Uint8Array>

/** What is kept of pictures: their bytes, and the instant of the oldest, in ms; null where there is none. */
export type PictureRoom = { bytes: number; oldestMs: number | null }

const pictureKeys = [keys.pictures, keys.pictureOrder, keys.pictureBytes]

/**
 * keepPicture: writes a picture, and drops the oldest until all together have at most so many bytes. One that is older
 * than all of them, where there is no room, is the one that is dropped.
 * KEYS  1 pictures, 2 pictureOrder, 3 pictureBytes
 * ARGV  1 bytes of all pictures, 2 hash or '', 3 its instant in ms, then n × (width, file)
 * Returns the bytes kept, the instant of the oldest or '', and the hashes that were dropped.
 */
const keepScript = script(`
local most, hash, ms = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3])
local bytes = tonumber(redis.call('GET', KEYS[3]) or '0')
if hash ~= '' then
  local isKept = redis.call('ZSCORE', KEYS[2], hash)
  if not isKept then
    for at = 4, #ARGV, 2 do
      redis.call('HSET', KEYS[1], hash .. '-' .. ARGV[at], ARGV[at + 1])
      bytes = bytes + #ARGV[at + 1]
    end
  end
  if isKept or #ARGV > 3 then redis.call('ZADD', KEYS[2], 'GT', ms, hash) end
end
local dropped = {}
while bytes > most do
  local oldest = redis.call('ZRANGE', KEYS[2], 0, 0)[1]
  if not oldest then break end
  for _, width in ipairs({ ${PICTURE_WIDTHS.join(', ')} }) do
    bytes = bytes - redis.call('HSTRLEN', KEYS[1], oldest .. '-' .. width)
    redis.call('HDEL', KEYS[1], oldest .. '-' .. width)
  end
  redis.call('ZREM', KEYS[2], oldest)
  dropped[#dropped + 1] = oldest
end
redis.call('SET', KEYS[3], string.format('%d', bytes))
return { bytes, redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')[2] or '', dropped }
`)

/**
 * Keeps a picture within `maxBytes` of all pictures; of what does not fit the oldest go.
 * @param files none for a picture that is kept already and that a newer article has
 * @param atMs when the newest article with it was published: by that it is old
 * @returns what was dropped to make room, and what room is left
 */
export async function keepPicture(
  redis: Redis,
  hash: Picture['hash'],
  files: PictureFiles,
  atMs: number,
  maxBytes: number,
): Promise<{ dropped: string[]; room: PictureRoom }> {
  const args = [...files].flatMap(([width, file]) => [width, Buffer.from(file)])
  return outcomeOf(await keepScript(redis, pictureKeys, [maxBytes, hash, atMs, ...args]))
}

/** Drops the oldest pictures until all have at most `maxBytes`. */
export const trimPictures = async (redis: Redis, maxBytes: number): Promise<{ dropped: string[]; room: PictureRoom }> =>
  outcomeOf(await keepScript(redis, pictureKeys, [maxBytes, '', 0]))

function outcomeOf(reply: unknown): { dropped: string[]; room: PictureRoom } {
  const [bytes, oldest, dropped]: unknown[] = Array.isArray(reply) ? reply : []
  const hashes = Array.isArray(dropped) ? dropped.map(String) : []
  return { dropped: hashes, room: { bytes: Number(bytes), oldestMs: oldest === '' ? null : Number(oldest) } }
}

/** The picture in this width, else in the next narrower one: a narrow original has no wider file. Null for none. */
export async function readPicture(redis: Redis, hash: string, width: PictureWidth): Promise<Buffer | null> {
  const widths = PICTURE_WIDTHS.filter(one => one <= width).reverse()
  const files = await redis.hmgetBuffer(keys.pictures, ...widths.map(one => `${hash}-${one}`))
  return files.find(file => file !== null) ?? null
}

/** The hashes of all pictures that are kept. */
export const readPictureHashes = async (redis: Redis): Promise<Set<string>> =>
  new Set(await redis.zrange(keys.pictureOrder, '0', '-1'))

/**
 * replaceArticle: nothing is written if the article has changed since it was read.
 * KEYS  1 articles, 2 events
 * ARGV  1 id, 2 the text as it was read, 3 its new text, 4 event, 5 stream length
 * Returns 1 if it was written.
 */
const replaceScript = script(`${appendEventLua}
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
appendEvent(KEYS[2], ARGV[5], ARGV[4])
return 1
`)

/**
 * Tells of the picture of a stored article, or that it has none any more, as a change of the article like any other.
 * @param image the address that the picture was fetched from: an article that has another by now is left alone
 * @returns whether the article is still stored, with this image
 */
export async function tellPicture(
  redis: Redis,
  id: RecordId,
  image: string,
  picture: Picture | undefined,
  eventOf: (article: Article) => EventDraft,
  onInvalid: OnInvalid,
): Promise<boolean> {
  for (;;) {
    const json = await redis.hget(keys.articles, id)
    const article = parseRecord(Article, 'article', id, json, onInvalid)
    if (json === null || article === undefined || article.image !== image) return false
    if (article.picture?.hash === picture?.hash) return true
    const { picture: _, ...rest } = article
    const changed: Article = picture === undefined ? rest : { ...rest, picture }
    const texts = [JSON.stringify(changed), JSON.stringify(eventOf(changed))]
    const names = [keys.articles, keys.events]
    if ((await replaceScript(redis, names, [id, json, ...texts, STREAM_LENGTH])) === 1) return true
  }
}
