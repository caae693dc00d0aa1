import type { Redis } from 'ioredis'
import type { Context } from 'koa'
import { PICTURE_WIDTHS } from '../../shared/domain/article.ts'
import { readPicture } from '../../shared/redis/pictures.ts'
import type { Signer } from '../access/signer.ts'
import { sameSecret } from '../http/admission.ts'
import { route } from '../http/route.ts'

const MAX_AGE_S = 365 * 86_400

export const getPicture = route({
  method: 'get',
  path: '/img/:picture',
  summary: 'A picture of an article, in one of its widths.',
  details:
    'WebP of 96, 480 or 960 px, or of the width of a narrower original. The bytes of an address never change. 404 once the picture has made room for newer ones.',
  answers: { 200: 'image/webp', 304: null },
  faults: [404, 503],
  access: 'view',
  async handle({ ctx, params }, { redis, viewToken }: { redis: Redis; viewToken: string | undefined }) {
    const [, hash, width] = /^([0-9a-f]{32})-(\d{2,3})$/.exec(params.picture) ?? []
    const known = PICTURE_WIDTHS.find(one => String(one) === width)
    if (hash === undefined || known === undefined) return ctx.throw(404, `there is no ${ctx.path.slice(0, 80)}`)
    const file = await readPicture(redis, hash, known)
    if (file === null) return ctx.throw(404, 'this picture is not kept, or not any more')
    ctx.set('Cache-Control', `${viewToken === undefined ? 'public' : 'private'}, max-age=${MAX_AGE_S}, immutable`)
    ctx.etag = `${hash}-${width}`
    ctx.status = 200
    if (!ctx.fresh) return file
    ctx.status = 304
  },
})

const COOKIE = 'nephoscope-pictures'
const READER = 'reader'

export type PictureCookieDeps = { signer: Pick<Signer, 'sign'>; viewToken: string; basePath: string }

/**
 * Lets the browser of an admitted reader or screen load pictures, as an `<img>` carries no token. The cookie is no token
 * either: it opens nothing but pictures, no script reads it, no other site sends it, and it ends with the browser, with
 * another view token, and with the admission of its `bearer`, a screen or a token with a name.
 */
export function openPictures(ctx: Context, bearer: string | null, isSecure: boolean, deps: PictureCookieDeps): void {
  const who = bearer ?? READER
  const parts = [`${COOKIE}=${who}.${signed(who, deps)}`, `Path=${deps.basePath}/img`, 'HttpOnly', 'SameSite=Strict']
  ctx.append('Set-Cookie', [...parts, ...(isSecure ? ['Secure'] : [])].join('; '))
}

export function mayLoadPictures(
  ctx: Context,
  deps: PictureCookieDeps,
  isAdmitted: (bearer: string) => boolean,
): boolean {
  const [, who = '', signature = ''] = /^(\w{1,64})\.([\w-]{43})$/.exec(ctx.cookies.get(COOKIE) ?? '') ?? []
  return sameSecret(signature, signed(who, deps)) && (who === READER || isAdmitted(who))
}

const signed = (who: string, { signer, viewToken }: PictureCookieDeps): string =>
  signer.sign('pictures', who, viewToken)
