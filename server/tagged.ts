import { createHash } from 'node:crypto'
import type { Context } from 'koa'

/** Answers with a text that may be kept for `maxAge` seconds and is not sent again while it is the same. */
export function answerTagged(ctx: Context, type: string, body: string, maxAge: number): void {
  ctx.set('Cache-Control', `max-age=${maxAge}`)
  ctx.etag = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  ctx.status = 200
  if (ctx.fresh) {
    ctx.status = 304
    return
  }
  ctx.type = type
  ctx.body = body
}
