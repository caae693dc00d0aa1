import { createHash } from 'node:crypto'
import type { Context } from 'koa'

/** What an answer is told by, without quotes: the same for the same bytes. @see https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 */
export const tagOf = (body: string | Buffer): string =>
  createHash('sha256').update(body).digest('base64url').slice(0, 22)

/** Answers with a text that may be kept for `maxAge` seconds and is not sent again while it is the same. */
export function answerTagged(ctx: Context, type: string, body: string, maxAge: number): void {
  ctx.set('Cache-Control', `max-age=${maxAge}`)
  ctx.etag = tagOf(body)
  ctx.status = 200
  if (ctx.fresh) {
    ctx.status = 304
    return
  }
  ctx.type = type
  ctx.body = body
}
