import { z } from 'zod'
import { Incident, regionsEverIn } from '../../shared/domain/incident.ts'
import { ascending } from '../../shared/domain/order.ts'
import { sourceOf } from '../../shared/domain/primitives.ts'
import { Probe } from '../../shared/domain/probe.ts'
import { Pop, type PopId, Region, RegionFacts, RegionStatus } from '../../shared/domain/region.ts'
import { isSilent } from '../../shared/domain/source.ts'
import { Status } from '../../shared/domain/status.ts'
import type { View } from '../../shared/domain/view.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import type { Facts } from '../../shared/regions/facts.ts'
import type { Pops } from '../../shared/regions/pops.ts'
import { CountryCode, Name, pageOf } from '../http/request.ts'
import { route } from '../http/route.ts'
import type { Current } from '../live/current.ts'
import { type Known, unknownName } from '../live/known-channels.ts'
import { demandKnown, stateRoute } from './kinds.ts'

export type RegionDeps = { current: Current; catalogue: Catalogue; known: Known; regionFacts: Facts }

/** A region of the catalogue with its status; null where nothing was ever known of it. */
const RegionNow = z.object({ ...Region.shape, status: RegionStatus.nullable() })

const MAX_INCIDENTS = 100

export const getRegions = stateRoute({
  path: '/api/regions',
  summary: 'Regions and their status.',
  query: { provider: Name.optional(), country: CountryCode.optional(), status: Status.optional() },
  answer: { regions: z.array(RegionNow) },
  handle({ query }, { current, catalogue }: RegionDeps) {
    const regions = [...catalogue.regions.values()]
      .map(region => withStatus(region, current.view))
      .filter(
        region =>
          (query.provider === undefined || region.provider === query.provider) &&
          (query.country === undefined || region.country === query.country) &&
          (query.status === undefined || region.status?.status === query.status),
      )
    return { regions }
  },
})

export const getRegion = stateRoute({
  path: '/api/regions/:provider/:code',
  summary: 'A region, its status and its incidents.',
  details: 'Its facts and probes too.',
  answer: { region: RegionNow, facts: RegionFacts, incidents: z.array(Incident), probes: z.array(Probe) },
  faults: [404],
  handle({ ctx, params }, { current: { view }, catalogue, known, regionFacts }: RegionDeps) {
    const id = `${params.provider}/${params.code}`
    const region = catalogue.regions.get(id) ?? ctx.throw(404, unknownName('region', id, known))
    const incidents = [...view.incidents.values()].filter(incident => regionsEverIn(incident).includes(id))
    const { items } = pageOf(incidents, incident => incident.startedAt, { limit: MAX_INCIDENTS })
    const facts = regionFacts.get(id) ?? { grid: null, published: null, claims: [] }
    return { region: withStatus(region, view), facts, incidents: items, probes: probesOf(view, { region: id }) }
  },
})

/** Facts change with a release. The live state is sent without them. */
export const getRegionFacts = route({
  method: 'get',
  path: '/api/regions/facts',
  summary: 'Carbon and claims of all regions, to be kept for a day.',
  details:
    'By region: `grid`, `published`, `claims`. [What they mean, and their licence](#carbon-and-claims). With an ETag and without `head`.',
  answers: { 200: z.object({ attribution: z.string(), facts: z.record(z.string(), RegionFacts) }), 304: null },
  access: 'view',
  cache: { maxAgeS: 86_400 },
  handle: (_, { regionFacts }: RegionDeps) => ({ attribution: ATTRIBUTION, facts: Object.fromEntries(regionFacts) }),
})

/** What the licence of the grids' figures asks to be said with them. */
const ATTRIBUTION =
  'grid: Electricity Maps (https://www.electricitymaps.com), 2025, Open Database License 1.0. published: Google, region-carbon-info, 2025, Apache License 2.0.'

export const getProbes = stateRoute({
  path: '/api/probes',
  summary: 'What probes found.',
  query: { region: Name.optional(), provider: Name.optional() },
  answer: { probes: z.array(Probe) },
  handle: ({ query }, { current }: RegionDeps) => ({ probes: probesOf(current.view, query) }),
})

const withStatus = (region: Region, view: View) => ({ ...region, status: view.statuses.get(region.id) ?? null })

const probesOf = (view: View, wanted: { region?: string | undefined; provider?: string | undefined }): Probe[] =>
  [...view.probes.values()]
    .filter(
      probe =>
        (wanted.region === undefined || probe.region === wanted.region) &&
        (wanted.provider === undefined || probe.provider === wanted.provider),
    )
    .sort(ascending('id'))

export type PopDeps = { pops: Pops; current: Current; known: Known; now: () => number }

const ofProvider = { provider: Name.optional() }

/** Edge locations change with a release. Their statuses are another route, as this answer is kept for a day. */
export const getPops = route({
  method: 'get',
  path: '/api/pops',
  summary: 'Edge locations, to be kept for a day.',
  details: 'With an ETag and without `head`.',
  query: ofProvider,
  answers: { 200: z.object({ pops: z.array(Pop) }), 304: null },
  faults: [400],
  access: 'view',
  cache: { maxAgeS: 86_400 },
  handle({ ctx, query }, { pops, known }: PopDeps) {
    demandKnown(ctx, query, known)
    return { pops: [...pops.values()].filter(pop => query.provider === undefined || pop.provider === query.provider) }
  },
})

export const getPopStatuses = stateRoute({
  path: '/api/pops/statuses',
  summary: 'Edge locations that a status page tells of.',
  details: "Those for which it has a component that ends in the code: '(AMS)'.",
  query: ofProvider,
  answer: { statuses: z.record(z.string(), Status) },
  cache: 'no-cache',
  handle({ query: { provider } }, { pops, current, now }: PopDeps) {
    const statuses = [...popStatuses(pops, current.view, now())].filter(
      ([id]) => provider === undefined || id.startsWith(`${provider}/`),
    )
    return { statuses: Object.fromEntries(statuses) }
  },
})

/** The statuses of locations whose component on a status page ends in the code: 'Amsterdam, Netherlands - (AMS)'. */
export function popStatuses(pops: Pops, view: Pick<View, 'components' | 'sources'>, now: number): Map<PopId, Status> {
  const statuses = new Map<PopId, Status>()
  for (const { id, provider, name, status } of view.components.values()) {
    const iata = /\(([A-Z]{3})\)$/.exec(name)?.[1]
    const pop = `${provider}/${iata}`
    if (iata === undefined || !pops.has(pop)) continue
    const source = view.sources.get(sourceOf(id))
    statuses.set(pop, source === undefined || isSilent(source, now) ? 'unknown' : status)
  }
  return statuses
}
