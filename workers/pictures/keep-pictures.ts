import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { Article, Picture } from '../../shared/domain/article.ts'
import { type CountryOf, channelsOfArticle } from '../../shared/domain/channels.ts'
import type { EventDraft } from '../../shared/domain/events.ts'
import { type RecordId, sourceOf, toInstant } from '../../shared/domain/primitives.ts'
import {
  forgetPictureTries,
  type PictureTry,
  readPictureTries,
  writeLostPictures,
  writePictureTry,
} from '../../shared/redis/picture-tries.ts'
import { keepPicture, readPictureHashes, tellPicture, trimPictures } from '../../shared/redis/pictures.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import type { Http } from '../http/http.ts'
import type { ReachFor } from '../http/reach.ts'
import { fetchPicture } from './fetch-picture.ts'
import { addressOf, type Illustrated, illustrated, lostPictures, wantedPictures } from './wanted.ts'

/** When an image is tried again after each try, in ms; then no more. The first is short, as a kill counts as a try. */
const RETRIES_MS = [60_000, 3_600_000, 24 * 3_600_000]
/** Addresses whose picture is remembered: articles share images, and a poll may undo what it did not know of. */
const MAX_REMEMBERED = 2_000
/** From this part of the room on, and once pictures had to go, articles older than the oldest with one get none. */
const FULL = 0.9

export type KeepDeps = {
  redis: Redis
  http: Pick<Http, 'get'>
  reachFor: ReachFor
  countryOf: CountryOf
  /** Of all pictures together, in bytes; 0 is for none. */
  maxBytes: number
  now: () => number
  log: Logger
  onInvalid: OnInvalid
}

export type PictureKeeper = {
  /** The articles whose images are due, newest first. */
  wanted(now: number): Illustrated[]
  /** Fetches the image of an article, keeps the picture and tells of it; or remembers why there is none. */
  obtain(article: Illustrated): Promise<void>
  /** Tells the owners of sources what was left out, where that has changed. */
  tellLost(): Promise<void>
}

/**
 * Brings store and articles into line: more pictures than there is room for are dropped, and no article names one that
 * is not kept, as after a restore.
 * @param articles those that pages have, kept current by the caller; those that are not stored any more are taken out
 */
export async function keepPictures(
  deps: KeepDeps,
  articles: Map<RecordId, Article>,
  signal: AbortSignal,
): Promise<PictureKeeper> {
  const { redis, maxBytes, now, onInvalid, log } = deps
  const tries = await readPictureTries(redis, onInvalid)
  const known = new Map<string, Picture>()
  let toldLost = ''
  let { room } = await trimPictures(redis, maxBytes)
  let isFull = room.bytes > maxBytes * FULL
  const kept = await readPictureHashes(redis)
  await untell(picture => !kept.has(picture))
  const used = new Set(illustrated(articles.values()).map(({ image }) => addressOf(image)))
  const unused = [...tries.keys()].filter(address => !used.has(address))
  for (const address of unused) tries.delete(address)
  await forgetPictureTries(redis, unused)

  async function tell({ id, image }: Illustrated, picture: Picture | undefined): Promise<void> {
    const isStored = await tellPicture(redis, id, image, picture, changed => updateOf(changed, deps), onInvalid)
    // Archived, or another article by now, of which an event tells.
    if (!isStored) articles.delete(id)
  }

  async function untell(isGone: (hash: string) => boolean): Promise<void> {
    for (const [address, { hash }] of known) if (isGone(hash)) known.delete(address)
    for (const article of [...articles.values()])
      if (hasImage(article) && article.picture !== undefined && isGone(article.picture.hash))
        await tell(article, undefined)
  }

  async function note(address: string, made: PictureTry): Promise<void> {
    tries.set(address, made)
    await writePictureTry(redis, address, made)
  }

  async function keep(article: Illustrated, picture: Picture, files: Parameters<typeof keepPicture>[2]): Promise<void> {
    const address = addressOf(article.image)
    const outcome = await keepPicture(redis, picture.hash, files, Date.parse(article.publishedAt), maxBytes)
    room = outcome.room
    const dropped = new Set(outcome.dropped)
    isFull ||= dropped.size > 0
    if (dropped.size > 0) await untell(hash => dropped.has(hash))
    if (dropped.has(picture.hash)) return
    known.delete(address)
    known.set(address, picture)
    if (known.size > MAX_REMEMBERED) for (const [oldest] of [...known].slice(0, 1)) known.delete(oldest)
    for (const one of illustrated(articles.values())) if (one.image === article.image) await tell(one, picture)
  }

  return {
    wanted(at) {
      return wantedPictures(articles.values(), tries, isFull ? (room.oldestMs ?? 0) : Number.NEGATIVE_INFINITY, at)
    },
    async obtain(article) {
      const address = addressOf(article.image)
      const told = known.get(address)
      if (told !== undefined) return keep(article, told, new Map())
      const { tries: before, why } = tries.get(address) ?? { tries: 0, why: null }
      const retryMs = RETRIES_MS[before]
      const nextAt = retryMs === undefined ? null : toInstant(now() + retryMs)
      await note(address, { tries: before + 1, nextAt, why })
      const found = await fetchPicture(article.image, deps.reachFor(sourceOf(article.id), article.image), deps.http)
      if (signal.aborted) return
      switch (found.kind) {
        case 'held':
          return note(address, { tries: before, nextAt: toInstant(now() + found.waitMs), why })
        case 'lost':
          log.debug({ article: article.id, why: found.why }, 'no picture')
          return note(address, {
            tries: before + 1,
            nextAt: found.isFinal ? null : nextAt,
            why: found.why.slice(0, 300),
          })
        case 'made':
          tries.delete(address)
          await forgetPictureTries(redis, [address])
          return keep(article, found.picture, found.files)
      }
    },
    async tellLost() {
      const lost = lostPictures(articles.values(), tries)
      const text = JSON.stringify([...lost])
      if (text === toldLost) return
      await writeLostPictures(redis, lost)
      toldLost = text
    },
  }
}

const hasImage = (article: Article): article is Illustrated => article.image !== null

const updateOf = (article: Article, { countryOf, now }: KeepDeps): EventDraft => ({
  type: 'article.updated',
  at: toInstant(now()),
  channels: channelsOfArticle(article, countryOf),
  data: article,
})
