import type { Redis } from 'ioredis'
import { z } from 'zod'
import { DeadLetter, Delivery, LaneTrouble } from '../../shared/domain/delivery.ts'
import { ascending } from '../../shared/domain/order.ts'
import { Slug } from '../../shared/domain/primitives.ts'
import { type DeliveryState, readDeliveries, settleDead } from '../../shared/redis/deliveries.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { adminRoute } from './kinds.ts'

export type DeliveryDeps = { redis: Redis; now: () => number; onInvalid: OnInvalid }

/** A target of the sources file, and how it does. Of one that the file no longer names `kind` is null. */
const TargetState = z.object({
  id: Slug,
  kind: z.string().nullable(),
  waiting: z.int().nonnegative(),
  /** The longest trouble of its lanes; null while all goes well. */
  trouble: LaneTrouble.nullable(),
})

const counted = z.int().nonnegative()

export const Deliveries = z.object({
  targets: z.array(TargetState),
  deadLetters: z.array(DeadLetter),
  recent: z.array(Delivery),
  /** `late`: sent by a worker that had lost its lane, so probably twice. `forgotten`: dead letters beyond the limit. */
  counts: z.object({ sent: counted, failed: counted, late: counted, forgotten: counted }),
})

export const getDeliveries = adminRoute({
  access: 'operate',
  method: 'get',
  path: '/api/deliveries',
  summary: 'Messages: what waits, what failed and why, and what was sent last.',
  details: 'By target; what nobody got is among `deadLetters`, newest first.',
  query: {},
  answers: { 200: Deliveries },
  cache: 'no-store',
  async handle(_, { redis, onInvalid }: DeliveryDeps) {
    return deliveriesOf(await readDeliveries(redis, onInvalid))
  },
})

/** What the store says, by target. Pure. */
export function deliveriesOf({ lanes, deadLetters, recent, counts, kinds }: DeliveryState): z.infer<typeof Deliveries> {
  const ids = [...new Set([...Object.keys(kinds), ...lanes.map(({ target }) => target)])].sort()
  const targets = ids.map(id => {
    const its = lanes.filter(({ target }) => target === id)
    const troubles = its.flatMap(({ trouble }) => trouble ?? []).sort(ascending('since'))
    const waiting = its.reduce((sum, lane) => sum + lane.waiting, 0)
    return { id, kind: kinds[id] ?? null, waiting, trouble: troubles[0] ?? null }
  })
  const count = (name: string) => Math.max(0, counts[name] ?? 0)
  return {
    targets,
    deadLetters,
    recent,
    counts: { sent: count('sent'), failed: count('failed'), late: count('late'), forgotten: count('forgotten') },
  }
}

export const replayDelivery = adminRoute({
  access: 'operate',
  audit: 'delivery.replayed',
  method: 'post',
  path: '/api/deliveries/:id/replay',
  summary: 'Sends a dead letter again.',
  details: '`id` is its `deadId`.',
  query: {},
  answers: { 202: z.object({ deadId: z.string() }) },
  async handle({ ctx, params: { id } }, { redis, now, onInvalid }: DeliveryDeps) {
    if (!(await settleDead(redis, id, 'replay', { now: now(), onInvalid }))) ctx.throw(404, noLetter(id))
    return { deadId: id }
  },
})

export const deleteDelivery = adminRoute({
  access: 'admin',
  audit: 'delivery.forgotten',
  method: 'delete',
  path: '/api/deliveries/:id',
  summary: 'Forgets a dead letter.',
  details: '`id` is its `deadId`.',
  query: {},
  answers: { 204: null },
  async handle({ ctx, params: { id } }, { redis, now, onInvalid }: DeliveryDeps) {
    if (!(await settleDead(redis, id, 'forget', { now: now(), onInvalid }))) ctx.throw(404, noLetter(id))
  },
})

const noLetter = (id: string): string => `there is no dead letter '${id.slice(0, 40)}': GET /api/deliveries lists them`
