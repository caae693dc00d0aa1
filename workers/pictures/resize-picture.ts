import { hash } from 'node:crypto'
import type { Sharp, SharpOptions } from 'sharp'
import { PICTURE_WIDTHS, type Picture, type PictureWidth } from '../../shared/domain/article.ts'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import type { PictureFiles } from '../../shared/redis/pictures.ts'

/** Pixels of an original: cameras make 24 million. More are refused before anything is decoded. */
export const MAX_PIXELS = 25_000_000
/** Smaller ones, px, are pixels that count readers, or bullets. */
const MIN_SIDE = 32
/** A side may be this many times the other: longer ones are banners and rules. */
const MAX_RATIO = 5
/** Of each step of decoding. */
const TIMEOUT_S = 10

export type ResizedPicture = { picture: Picture; files: PictureFiles }

/**
 * The bytes of an image → WebP in each of our widths, without metadata; or in one line why it is refused. A narrow
 * original is not enlarged: it has its own width in the first file that is wide enough, and no wider ones.
 */
export async function resizePicture(bytes: Uint8Array): Promise<Result<ResizedPicture>> {
  const format = formatOf(bytes)
  if (format === null) return fail(`is no JPEG, PNG, WebP or GIF${looksLikeMarkup(bytes) ? ', but SVG or HTML' : ''}`)
  const { default: sharp } = await import('sharp')
  sharp.concurrency(1) // threads of one image: polls need the processor too
  sharp.cache(false)
  const options: SharpOptions = { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 }
  try {
    const told = await sharp(bytes, options).metadata()
    const { width, height } = told.autoOrient
    const refusal = told.format === format ? refusalOf(width, height) : `says that it is ${format}, and is none`
    if (refusal !== null) return fail(refusal)
    const [widest] = PICTURE_WIDTHS.slice(-1)
    // Decoded once: the narrower ones are made of the widest.
    const { data, info } = await webOf(sharp(bytes, options).autoOrient().toColourspace('srgb'), widest)
      .raw()
      .toBuffer({ resolveWithObject: true })
    const raw = { width: info.width, height: info.height, channels: info.channels }
    const files = new Map<PictureWidth, Uint8Array>()
    for (const wanted of PICTURE_WIDTHS) {
      files.set(wanted, await webOf(sharp(data, { raw }), wanted).webp({ quality: 74 }).toBuffer())
      if (wanted >= width) break
    }
    return ok({ picture: { hash: hash('sha256', bytes, 'hex').slice(0, 32), width, height }, files })
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ')
    return fail(/pixel limit/.test(why) ? `has over ${MAX_PIXELS / 1e6} million pixels` : `cannot be decoded: ${why}`)
  }
}

const webOf = (image: Sharp, width: number | undefined): Sharp =>
  image.resize({ width, withoutEnlargement: true }).timeout({ seconds: TIMEOUT_S })

function refusalOf(width: number, height: number): string | null {
  if (width * height > MAX_PIXELS) return `has ${width} × ${height} pixels, over ${MAX_PIXELS / 1e6} million`
  const [short, long] = [Math.min(width, height), Math.max(width, height)]
  if (short < MIN_SIDE) return `is ${width} × ${height} pixels small`
  return long > short * MAX_RATIO ? `is ${width} × ${height} pixels, a banner` : null
}

/** By the first bytes, as headers say anything. Only what these decoders are for reaches them. */
function formatOf(bytes: Uint8Array): 'jpeg' | 'png' | 'webp' | 'gif' | null {
  const begin = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (begin.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (begin.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (begin.startsWith('RIFF') && begin.endsWith('WEBP')) return 'webp'
  return /^GIF8[79]a/.test(begin) ? 'gif' : null
}

const looksLikeMarkup = (bytes: Uint8Array): boolean =>
  /^[\s\ufeff]{0,64}</.test(new TextDecoder().decode(bytes.subarray(0, 256)))
