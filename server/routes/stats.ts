import { z } from 'zod'
import { isActive, isPublic } from '../../shared/domain/incident.ts'
import { Instant } from '../../shared/domain/primitives.ts'
import { type SourceState, sourceState, sourceStates, watchedProviders } from '../../shared/domain/source.ts'
import { severity } from '../../shared/domain/status.ts'
import type { View } from '../../shared/domain/view.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import type { Pops } from '../../shared/regions/pops.ts'
import type { Current } from '../live/current.ts'
import type { Heartbeat } from '../live/heartbeat.ts'
import { stateRoute } from './kinds.ts'

export type StatsDeps = { current: Current; catalogue: Catalogue; pops: Pops; heartbeat: Pick<Heartbeat, 'workersAt'> }

const count = z.int().min(0)

export const getStats = stateRoute({
  path: '/api/stats',
  summary: 'The headline figures.',
  answer: {
    workersAt: Instant.nullable(),
    regionsOpen: count,
    regionsAnnounced: count,
    zones: count,
    countries: count,
    providers: count,
    pops: count,
    incidentsNow: count,
    maintenanceNow: count,
    regionsAffected: count,
    regionsLive: count,
    /** 0 to 1; null where no region is open. */
    liveShare: z.number().min(0).max(1).nullable(),
    articles: count,
    sources: count,
    sourcesFailing: count,
    sourcesByState: z.object(Object.fromEntries(sourceStates.map(state => [state, count]))),
  },
  handle: (_, { current, catalogue, pops, heartbeat }: StatsDeps) => ({
    workersAt: heartbeat.workersAt,
    ...stats(catalogue, pops.size, current.view),
  }),
})

/** Counted from the catalogue and the state; of the regions, those whose provider is watched. */
function stats(catalogue: Catalogue, pops: number, view: View) {
  const watched = watchedProviders(view.sources.values())
  const regions = [...catalogue.regions.values()].filter(region => watched.has(region.provider))
  const open = regions.filter(region => region.state !== 'announced')
  const statuses = open.flatMap(region => view.statuses.get(region.id) ?? [])
  const live = statuses.filter(status => status.freshness === 'live').length
  const active = [...view.incidents.values()].filter(incident => isActive(incident) && isPublic(incident))
  const sources = [...view.sources.values()].filter(source => source.kind !== 'probe' && source.kind !== 'inbound')
  const inState = (state: SourceState) => sources.filter(source => sourceState(source) === state).length
  return {
    regionsOpen: open.length,
    regionsAnnounced: regions.length - open.length,
    zones: open.reduce((sum, region) => sum + (region.zones ?? 0), 0),
    countries: new Set(open.map(region => region.country)).size,
    providers: new Set(regions.map(region => region.provider)).size,
    pops,
    incidentsNow: active.filter(incident => incident.kind === 'incident').length,
    maintenanceNow: active.filter(incident => incident.kind === 'maintenance').length,
    regionsAffected: statuses.filter(status => severity[status.status] > 0).length,
    regionsLive: live,
    liveShare: open.length === 0 ? null : live / open.length,
    articles: view.articles.size,
    sources: sources.length,
    sourcesFailing: inState('failing'),
    sourcesByState: Object.fromEntries(sourceStates.map(state => [state, inState(state)])),
  }
}
