import type { Redis } from 'ioredis'
import type { Context } from 'koa'
import { z } from 'zod'
import { Handling } from '../../shared/domain/handling.ts'
import { Incident, isActive, isEnded, isPublic, regionsEverIn, servicesEverIn } from '../../shared/domain/incident.ts'
import { joinedWords } from '../../shared/domain/joined-words.ts'
import { RecordId } from '../../shared/domain/primitives.ts'
import { readHandling } from '../../shared/redis/handlings.ts'
import { readIncident, readIncidents } from '../../shared/redis/incident-archive.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { Day, formatCursor, Name, Paging, pageOf, parseCursor } from '../http/request.ts'
import type { Current } from '../live/current.ts'
import { stateRoute } from './kinds.ts'
import { ConcerningIncident, ConcernQuery, concernFilter } from './reasons.ts'

export type IncidentDeps = { current: Current; redis: Redis; onInvalid: OnInvalid; keptDays: number }

const IncidentsQuery = {
  provider: Name.optional(),
  region: Name.optional(),
  ...ConcernQuery,
  kind: z.enum(['incident', 'maintenance']).optional(),
  state: z.enum(['active', 'ended', 'scheduled', 'all']).default('all'),
  from: Day.optional(),
  until: Day.optional(),
  ...Paging,
}
type IncidentsQuery = z.infer<z.ZodObject<typeof IncidentsQuery>>

/** Ended incidents are read from the store, as far back as it goes; all others are in the view. */
export const getIncidents = stateRoute({
  path: '/api/incidents',
  summary: 'Incidents, the latest updated first; what is over as far back as it is kept.',
  details: 'With `stack` each says in `reasons` why it concerns the stack, the strongest first.',
  costly: true,
  query: IncidentsQuery,
  answer: {
    total: z.number().optional(),
    keptDays: z.number().optional(),
    incidents: z.array(ConcerningIncident),
    next: z.string().nullable(),
  },
  faults: [503],
  async handle({ query }, { current, redis, onInvalid, keptDays }: IncidentDeps) {
    const concern = concernFilter<Incident>(query, current, incident => ({
      providers: [incident.provider],
      services: servicesEverIn(incident),
    }))
    const isAsked = matcher(query)
    const matches = (incident: Incident) => current.tells(incident) && isAsked(incident) && concern.matches(incident)
    if (query.state === 'ended') {
      const bounds = { from: query.from ?? null, until: query.until ?? null, limit: query.limit }
      const before = query.before === undefined ? null : parseCursor(query.before)
      const { incidents, next } = await readIncidents(redis, { matches, before, ...bounds }, onInvalid)
      return { keptDays, incidents: concern.explain(incidents), next: next && formatCursor(next.at, next.id) }
    }
    const incidents = [...current.view.incidents.values()].filter(matches)
    const { items, next } = pageOf(incidents, incident => incident.updatedAt, query)
    return { total: incidents.length, incidents: concern.explain(items), next }
  },
})

/** By our clock and by theirs; above 0 where the account was told first, null where it is not known. */
const Lead = z.object({ ours: z.int().nullable(), theirs: z.int().nullable() })
const Joined = z.object({ id: RecordId, isPrivate: z.boolean(), lead: Lead })

export const getIncident = stateRoute({
  path: '/api/incidents/:source/:id',
  summary: 'An incident.',
  details:
    'As long as it is kept. `handling`: what this office does about it, null where it did nothing. `joined`: what tells the same, one of them to your account; the lead of that in s.',
  answer: { incident: Incident, handling: Handling.nullable(), joined: z.array(Joined) },
  faults: [404, 503],
  async handle(request, deps: IncidentDeps) {
    const { view } = deps.current
    const incident = await findIncident(request, deps)
    const joined = joinedWords(incident, view.incidents.values())
    return {
      incident,
      handling: (await findHandling(incident, deps)) ?? null,
      joined: joined.map(({ other, lead }) => ({ id: other.id, isPrivate: !isPublic(other), lead })),
    }
  },
})

/** What this office does about an incident, from the view or the store. */
export const findHandling = async (
  { id }: Pick<Incident, 'id'>,
  { current, redis, onInvalid }: IncidentDeps,
): Promise<Handling | undefined> => current.view.handlings.get(id) ?? (await readHandling(redis, id, onInvalid))

/** The incident that a path names, from the view or the store; a 404 without it. */
export async function findIncident(
  { ctx, params }: { ctx: Context; params: Readonly<Record<'source' | 'id', string>> },
  { current, redis, onInvalid, keptDays }: IncidentDeps,
): Promise<Incident> {
  const id = `${params.source}/${params.id}`
  const isId = RecordId.safeParse(id).success
  const incident = current.view.incidents.get(id) ?? (isId ? await readIncident(redis, id, onInvalid) : undefined)
  if (incident === undefined || !current.tells(incident))
    return ctx.throw(404, `there is no incident '${id.slice(0, 80)}': one that is over is kept for ${keptDays} days`)
  return incident
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
    (region === undefined || regionsEverIn(incident).includes(region)) &&
    (kind === undefined || incident.kind === kind) &&
    (from === undefined || incident.updatedAt >= from) &&
    (until === undefined || incident.updatedAt < until)
