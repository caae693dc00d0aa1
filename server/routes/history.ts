import type { Redis } from 'ioredis'
import { z } from 'zod'
import { firstHour, HISTORY_DAYS, HistoryDay, HourStrip, history, hourStrip } from '../../shared/domain/history.ts'
import { Instant, toInstant } from '../../shared/domain/primitives.ts'
import { readHistory } from '../../shared/redis/rollup-store.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import { Name, numberUpTo } from '../http/request.ts'
import type { Heartbeat } from '../live/heartbeat.ts'
import { stateRoute } from './kinds.ts'

export type HistoryDeps = {
  redis: Redis
  catalogue: Catalogue
  heartbeat: Pick<Heartbeat, 'workersAt'>
  now: () => number
}

export const getHistory = stateRoute({
  path: '/api/history',
  summary: 'What each of the last days was like, for a region or a provider.',
  details: 'Either `region` or `provider`.',
  query: {
    region: Name.optional(),
    provider: Name.optional(),
    days: numberUpTo(HISTORY_DAYS, /^\d{1,2}$/).default(HISTORY_DAYS),
  },
  answer: {
    region: z.string().optional(),
    provider: z.string().optional(),
    since: Instant.nullable(),
    days: z.array(HistoryDay),
  },
  faults: [404, 503],
  async handle({ ctx, query: { region, provider, days } }, { redis, catalogue, heartbeat, now }: HistoryDeps) {
    if ((region === undefined) === (provider === undefined)) return ctx.throw(400, 'give either region or provider')
    const regions = [...catalogue.regions.values()]
      .filter(one => (region === undefined ? one.provider === provider : one.id === region))
      .map(({ id }) => id)
    if (regions.length === 0)
      return ctx.throw(404, `there is no region of '${region ?? provider}': GET /api/regions lists them`)
    const { changes, gaps } = await readHistory(redis, regions)
    // Announced regions have no history, and none of them counts in a provider's.
    const known = [...changes.values()].filter(list => list.length > 0)
    const watchedUntil = heartbeat.workersAt === null ? null : Date.parse(heartbeat.workersAt)
    const since = known.map(list => list[0]?.at ?? 0).sort((a, b) => a - b)[0]
    return {
      ...(region === undefined ? { provider } : { region }),
      since: since === undefined ? null : new Date(since).toISOString(),
      days: history({ regions: known, gaps, watchedUntil, days, now: now() }),
    }
  },
})

/** Status changes of a region that are read for its last hours: more than one in fifteen minutes. */
const MAX_CHANGES_A_DAY = 100

export const getHours = stateRoute({
  path: '/api/hours',
  summary: 'What each of the last 24 hours was like in every open region.',
  details:
    'By region one character an hour, from `from` on: `-` unknown, `o` operational, `m` under maintenance, `d` degraded, `p` partial outage, `x` major outage. The last is the present hour.',
  answer: { from: Instant, regions: z.record(z.string(), HourStrip) },
  faults: [503],
  async handle(_, { redis, catalogue, heartbeat, now }: HistoryDeps) {
    const at = now()
    const open = [...catalogue.regions.values()].filter(({ state }) => state !== 'announced').map(({ id }) => id)
    const { changes, gaps } = await readHistory(redis, open, MAX_CHANGES_A_DAY)
    const watchedUntil = heartbeat.workersAt === null ? null : Date.parse(heartbeat.workersAt)
    const strips = [...changes].map(([id, list]) => [id, hourStrip({ regions: [list], gaps, watchedUntil, now: at })])
    return { from: toInstant(firstHour(at)), regions: Object.fromEntries(strips) }
  },
})
