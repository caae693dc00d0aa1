import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Context, Middleware } from 'koa'

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)

/** Of 11: nearly the best size in a tenth of the time. */
const BROTLI_QUALITY = 5

export type Encoding = 'br' | 'gzip' | 'identity'

/** The smallest that the asker takes: browsers name all that they take, in any order. */
export const encodingFor = (ctx: Context): Encoding =>
  (['br', 'gzip'] as const).find(encoding => ctx.acceptsEncodings(encoding) !== false) ?? 'identity'

/** In a thread of its own. */
export const compress = (plain: Buffer, encoding: Exclude<Encoding, 'identity'>): Promise<Buffer> =>
  encoding === 'br'
    ? compressBrotli(plain, {
        params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
      })
    : compressGzip(plain, { level: 6 })

/** A smaller answer fits into one packet as it is. */
const MIN_BYTES = 1_024
const texts = /^(?:text\/|image\/svg\+xml|application\/(?:[\w.-]+\+)?(?:json|xml))/

/**
 * Compresses the texts that routes answer with. Streams, built files and snapshots are left as they are: the last two
 * are compressed already, once for all who ask. A secret beside words that an asker chose is no way to guess it (BREACH):
 * no browser adds a secret of ours to a request by itself, so whoever can have an answer made has its secret already.
 * @see https://www.breachattack.com
 */
export const compressed: Middleware = async (ctx, next) => {
  await next()
  const { body } = ctx
  if (ctx.respond === false || body === null || body === undefined || !texts.test(ctx.type)) return
  if (ctx.response.get('Content-Encoding')) return
  if (typeof body === 'object' && !Buffer.isBuffer(body) && Object.getPrototypeOf(body) !== Object.prototype) return
  ctx.vary('Accept-Encoding')
  const plain = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const encoding = encodingFor(ctx)
  if (plain.length < MIN_BYTES || encoding === 'identity') return
  ctx.body = await compress(plain, encoding)
  ctx.set('Content-Encoding', encoding)
  // other bytes of the same meaning, which is what a weak tag says
  const tag: string | undefined = ctx.response.get('ETag')
  if (tag?.startsWith('"')) ctx.set('ETag', `W/${tag}`)
}
