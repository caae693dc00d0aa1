import type Router from '@koa/router'
import type { Redis } from 'ioredis'
import type { Context } from 'koa'
import { z } from 'zod'
import { type Incident, isActive, isEnded } from '../../shared/domain/incident.ts'
import { RecordId, RegionId, Slug } from '../../shared/domain/primitives.ts'
import { readIncident, readIncidents } from '../../shared/redis/incident-archive.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { cursor, Paging, pageOf, placeOf } from '../http/paging.ts'
import { Day, readQuery } from '../http/request.ts'
import type { Current } from '../live/current.ts'

export type IncidentRoutesDeps = {
  current: Current
  redis: Redis
  onInvalid: OnInvalid
  /** How many days an incident that is over is kept. */
  keptDays: number
  answer(ctx: Context, body: object): void
}

export const IncidentsQuery = {
  provider: Slug.optional(),
  region: RegionId.optional(),
  kind: z.enum(['incident', 'maintenance']).optional(),
  state: z.enum(['active', 'ended', 'scheduled', 'all']).default('all'),
  from: Day.optional(),
  until: Day.optional(),
  ...Paging,
}
type IncidentsQuery = z.infer<z.ZodObject<typeof IncidentsQuery>>

/**
 * `GET /api/incidents` and `/api/incidents/:source/:id`. What is over is read from the store, as far back as it goes; anything
 * else is in the view.
 */
export function incidentRoutes(router: Router, deps: IncidentRoutesDeps): void {
  const { current, redis, onInvalid, keptDays, answer } = deps

  router.get('/incidents', async ctx => {
    const query = readQuery(ctx, IncidentsQuery)
    const matches = matcher(query)
    if (query.state === 'ended') {
      const bounds = { from: query.from ?? null, until: query.until ?? null, limit: query.limit }
      const before = query.before === undefined ? null : placeOf(query.before)
      const page = await readIncidents(redis, { matches, before, ...bounds }, onInvalid)
      answer(ctx, { keptDays, incidents: page.incidents, next: page.next && cursor(page.next.at, page.next.id) })
      return
    }
    const incidents = [...current.view.incidents.values()].filter(matches)
    const { items, next } = pageOf(incidents, incident => incident.updatedAt, query)
    answer(ctx, { total: incidents.length, incidents: items, next })
  })

  router.get('/incidents/:source/:id', async ctx => {
    readQuery(ctx, {})
    const id = `${ctx.params.source}/${ctx.params.id}`
    const known = RecordId.safeParse(id).success
    const incident = current.view.incidents.get(id) ?? (known ? await readIncident(redis, id, onInvalid) : undefined)
    if (incident === undefined)
      return ctx.throw(404, `there is no incident '${id.slice(0, 80)}': one that is over is kept for ${keptDays} days`)
    answer(ctx, { incident })
  })
}

const states: Readonly<Record<IncidentsQuery['state'], (incident: Incident) => boolean>> = {
  active: isActive,
  ended: isEnded,
  scheduled: ({ status }) => status === 'scheduled',
  all: () => true,
}

const matcher =
  ({ provider, region, kind, state, from, until }: IncidentsQuery) =>
  (incident: Incident): boolean =>
    states[state](incident) &&
    (provider === undefined || incident.provider === provider) &&
    (region === undefined || incident.regions.includes(region)) &&
    (kind === undefined || incident.kind === kind) &&
    (from === undefined || incident.updatedAt >= from) &&
    (until === undefined || incident.updatedAt < until)
