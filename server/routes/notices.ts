import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { isOver, Notice } from '../../shared/domain/notice.ts'
import { descending } from '../../shared/domain/order.ts'
import { Instant, toInstant } from '../../shared/domain/primitives.ts'
import { MAX_NOTICES, postNotice, withdrawNotice } from '../../shared/redis/notices.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import type { Current } from '../live/current.ts'
import { adminRoute, stateRoute } from './kinds.ts'

export const getNotices = stateRoute({
  path: '/api/notices',
  summary: 'Notices that were posted and not withdrawn.',
  answer: { notices: z.array(Notice) },
  handle: (_, { current }: { current: Current }) => ({
    notices: [...current.view.notices.values()].sort(descending('id')),
  }),
})

export type NoticeDeps = { redis: Redis; basePath: string; now: () => number; onInvalid: OnInvalid }

const NewNotice = z.strictObject({
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

export const createNotice = adminRoute({
  access: 'operate',
  audit: 'notice.posted',
  method: 'post',
  path: '/api/notices',
  summary: 'Posts a notice.',
  details: '`{ "text", "level", "from", "until" }`: `level` is `info`, `warning` or `urgent`, times are optional.',
  query: {},
  body: { schema: NewNotice, maxBytes: 4096 },
  answers: { 201: z.object({ notice: Notice }) },
  faults: [409],
  async handle({ ctx, body }, { redis, basePath, now }: NoticeDeps) {
    const { text, level, from = toInstant(now()), until } = await body()
    if (until !== null && Date.parse(until) <= Math.max(now(), Date.parse(from)))
      return ctx.throw(400, 'until: must be later than now and than from')
    const notice: Notice = { id: ulid(now()), text, level, from, until }
    if (!(await postNotice(redis, notice, now())))
      return ctx.throw(409, `there are ${MAX_NOTICES} notices already: withdraw one with DELETE /api/notices/:id`)
    ctx.set('Location', `${basePath}/api/notices/${notice.id}`)
    return { notice }
  },
})

export const deleteNotice = adminRoute({
  access: 'operate',
  audit: 'notice.withdrawn',
  method: 'delete',
  path: '/api/notices/:id',
  summary: 'Withdraws a notice.',
  details: 'One whose `until` is past is withdrawn by itself.',
  query: {},
  answers: { 204: null },
  async handle({ ctx, params }, { redis, now, onInvalid }: NoticeDeps) {
    const id = Notice.shape.id.safeParse(params.id)
    if (!id.success || !(await withdrawNotice(redis, id.data, now(), onInvalid)))
      ctx.throw(404, `there is no notice '${params.id.slice(0, 40)}'`)
  },
})

const digits = '0123456789abcdefghjkmnpqrstvwxyz'

/** A ULID in lower case: 48 bits of time, 80 of chance. @see https://github.com/ulid/spec */
function ulid(now: number): string {
  const time = Array.from({ length: 10 }, (_, i) => digits[Math.floor(now / 32 ** (9 - i)) % 32]).join('')
  const chance = [...randomBytes(16)].map(byte => digits[byte % 32]).join('')
  return time + chance
}

const EXPIRY_INTERVAL_MS = 5_000

export type ExpireDeps = {
  notices: () => Iterable<Notice>
  withdraw(id: string): Promise<unknown>
  now: () => number
  log: { warn(fields: object, message: string): void }
}

/** Withdraws notices whose `until` is past. Every server does so; the store makes one event of it. */
export function expireNotices({ notices, withdraw, now, log }: ExpireDeps): { stop(): void } {
  const timer = setInterval(() => {
    for (const notice of notices())
      if (isOver(notice, now()))
        withdraw(notice.id).catch(error =>
          log.warn({ notice: notice.id, error: String(error) }, 'a notice could not be withdrawn; trying again'),
        )
  }, EXPIRY_INTERVAL_MS)
  return { stop: () => clearInterval(timer) }
}
