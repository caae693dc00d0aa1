import { randomBytes } from 'node:crypto'
import type Router from '@koa/router'
import type { Redis } from 'ioredis'
import type { Middleware } from 'koa'
import { z } from 'zod'
import { Notice } from '../../shared/domain/notice.ts'
import { Instant, toInstant } from '../../shared/domain/primitives.ts'
import { MOST_NOTICES, postNotice, withdrawNotice } from '../../shared/redis/notices.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { readBody, readQuery } from '../http/request.ts'

export type NoticeRoutesDeps = { redis: Redis; now: () => number; onInvalid: OnInvalid }

/** Bytes that a notice may come in. */
const MOST_BYTES = 4096

export const NewNotice = z.strictObject({
  text: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(280, 'must be at most 280 characters')
    .regex(/^\P{Cc}*$/u, 'must be one line of plain text'),
  level: Notice.shape.level.default('info'),
  from: Instant.optional(),
  until: Instant.nullable().default(null),
})

/** `POST /api/notices` and `DELETE /api/notices/:id`: what the office puts on its walls. */
export function noticeRoutes(router: Router, admitted: Middleware, { redis, now, onInvalid }: NoticeRoutesDeps): void {
  router.post('/notices', admitted, async ctx => {
    readQuery(ctx, {})
    const { text, level, from = toInstant(now()), until } = await readBody(ctx, NewNotice, MOST_BYTES)
    if (until !== null && Date.parse(until) <= Math.max(now(), Date.parse(from)))
      return ctx.throw(400, 'until: must be later than now and than from')
    const notice: Notice = { id: ulid(now()), text, level, from, until }
    if (!(await postNotice(redis, notice, now())))
      return ctx.throw(409, `there are ${MOST_NOTICES} notices already: withdraw one with DELETE /api/notices/:id`)
    ctx.status = 201
    ctx.set('Location', `/api/notices/${notice.id}`)
    ctx.body = { notice }
  })

  router.delete('/notices/:id', admitted, async ctx => {
    readQuery(ctx, {})
    const id = Notice.shape.id.safeParse(ctx.params.id)
    if (!id.success || !(await withdrawNotice(redis, id.data, now(), onInvalid)))
      return ctx.throw(404, `there is no notice '${String(ctx.params.id).slice(0, 40)}'`)
    ctx.status = 204
  })
}

const digits = '0123456789abcdefghjkmnpqrstvwxyz'

/** A ULID in lower case: 48 bits of time, 80 of chance. @see https://github.com/ulid/spec */
function ulid(now: number): string {
  const time = Array.from({ length: 10 }, (_, i) => digits[Math.floor(now / 32 ** (9 - i)) % 32]).join('')
  const chance = [...randomBytes(16)].map(byte => digits[byte % 32]).join('')
  return time + chance
}
