import type Router from '@koa/router'
import type { Redis } from 'ioredis'
import type { Context } from 'koa'
import { z } from 'zod'
import { HISTORY_DAYS, history } from '../../shared/domain/history.ts'
import { RegionId, Slug } from '../../shared/domain/primitives.ts'
import { readHistory } from '../../shared/redis/history-store.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import { readQuery } from '../http/request.ts'
import type { Signs } from '../live/heartbeat.ts'

export type HistoryRoutesDeps = {
  redis: Redis
  catalogue: Catalogue
  signs: Pick<Signs, 'workersAt'>
  now: () => number
  answer(ctx: Context, body: object): void
}

const days = `must be a number from 1 to ${HISTORY_DAYS}`

export const HistoryQuery = {
  region: RegionId.optional(),
  provider: Slug.optional(),
  days: z
    .string()
    .regex(/^\d{1,2}$/, days)
    .transform(Number)
    .pipe(z.number().min(1, days).max(HISTORY_DAYS, days))
    .default(HISTORY_DAYS),
}

/** `GET /api/history`: what each of the last days was like, for a region or a provider. */
export function historyRoutes(router: Router, { redis, catalogue, signs, now, answer }: HistoryRoutesDeps): void {
  router.get('/history', async ctx => {
    const { region, provider, days } = readQuery(ctx, HistoryQuery)
    if ((region === undefined) === (provider === undefined)) return ctx.throw(400, 'give either region or provider')
    const regions = [...catalogue.regions.values()]
      .filter(one => (region === undefined ? one.provider === provider : one.id === region))
      .map(({ id }) => id)
    if (regions.length === 0)
      return ctx.throw(404, `there is no region of '${region ?? provider}': GET /api/regions lists them`)
    const { changes, gaps } = await readHistory(redis, regions)
    // Announced regions have no history; they are no part of how a provider did.
    const told = [...changes.values()].filter(list => list.length > 0)
    const watchedUntil = signs.workersAt === null ? null : Date.parse(signs.workersAt)
    const since = told.map(list => list[0]?.at ?? 0).sort((a, b) => a - b)[0]
    answer(ctx, {
      ...(region === undefined ? { provider } : { region }),
      since: since === undefined ? null : new Date(since).toISOString(),
      days: history({ regions: told, gaps, watchedUntil, days, now: now() }),
    })
  })
}
