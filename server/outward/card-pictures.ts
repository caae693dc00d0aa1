import type { Card } from './card.ts'
import { cardSvg } from './card-svg.ts'
import { loadType, type Type } from './typeface.ts'

/** PNG by what it says; 'busy' where too many were drawn in this second; null where this machine cannot draw. */
export type CardPictures = (version: string, card: Card, otherwise: string) => Promise<Buffer | 'busy' | null>

/** Each takes a tenth of a second of a core. */
const MAX_DRAWN_PER_SECOND = 5
/** All that changes within minutes on a bad day. */
const MAX_KEPT_BYTES = 8 * 1024 * 1024

type Deps = { now: () => number; log: { warn(fields: object, message: string): void }; maxKeptBytes?: number }

/** Draws cards when they are asked for, and keeps those that were asked for last. */
export function cardPictures({
  now,
  log,
  maxKeptBytes = MAX_KEPT_BYTES,
}: Deps): CardPictures & { keptBytes(): number } {
  const kept = new Map<string, Buffer>()
  const drawing = new Map<string, Promise<Buffer | null>>()
  let bytes = 0
  let second = 0
  let drawn = 0
  let draw: Promise<Draw | null> | undefined

  const mayDraw = (): boolean => {
    const current = Math.floor(now() / 1000)
    if (current !== second) [second, drawn] = [current, 0]
    drawn += 1
    return drawn <= MAX_DRAWN_PER_SECOND
  }
  const keep = (version: string, picture: Buffer): void => {
    kept.set(version, picture)
    bytes += picture.length
    for (const [oldest, { length }] of kept) {
      if (bytes <= maxKeptBytes) return
      kept.delete(oldest)
      bytes -= length
    }
  }
  const made = async (version: string, card: Card, otherwise: string): Promise<Buffer | null> => {
    draw ??= loadDrawing().catch((error: Error) => {
      log.warn({ error: error.message }, 'this machine draws no cards: chats show the plain one')
      return null
    })
    const picture = await (await draw)?.(card, otherwise)
    if (picture === undefined) return null
    keep(version, picture)
    return picture
  }

  const pictures: CardPictures = async (version, card, otherwise) => {
    const known = kept.get(version)
    if (known !== undefined) {
      // as the newest: the map is in the order in which they were asked for
      kept.delete(version)
      kept.set(version, known)
      return known
    }
    const begun = drawing.get(version)
    if (begun !== undefined) return begun
    if (!mayDraw()) return 'busy'
    const begins = made(version, card, otherwise).finally(() => drawing.delete(version))
    drawing.set(version, begins)
    return begins
  }
  return Object.assign(pictures, { keptBytes: () => bytes })
}

type Sharp = typeof import('sharp')['default']
type Draw = (card: Card, otherwise: string) => Promise<Buffer>

/** Fonts and the library of pictures take 40 MB, which a server whose links nobody shares does not need. */
async function loadDrawing(): Promise<Draw> {
  const [{ default: sharp }, type] = await Promise.all([import('sharp'), loadType()])
  return (card, otherwise) => drawn(card, otherwise, type, sharp)
}

/** Few colours: half the bytes, and no picture on the card that would show it. */
const drawn = (card: Card, otherwise: string, type: Type, sharp: Sharp): Promise<Buffer> =>
  sharp(Buffer.from(cardSvg(card, otherwise, type)))
    .png({ palette: true, colours: 64 })
    .toBuffer()
