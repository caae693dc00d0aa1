import Router from '@koa/router'
import type { Context } from 'koa'
import { Channel, type CountryOf } from '../../shared/domain/channels.ts'
import { ascending, descending } from '../../shared/domain/order.ts'
import type { Source } from '../../shared/domain/source.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import { pageOf } from '../http/paging.ts'
import { readQuery } from '../http/request.ts'
import { snapshotCaching } from '../http/snapshot-first.ts'
import type { Signs } from '../live/heartbeat.ts'
import { type Encoding, narrow, type Packed, type PackedSnapshot, packSnapshot } from '../live/snapshot.ts'
import { channelList } from '../live/subscriptions.ts'
import { feedKey } from '../outward/feed-key.ts'
import { ProbesQuery, RegionsQuery, SearchQuery } from './api-queries.ts'
import { articleRoutes } from './articles.ts'
import { descriptions } from './descriptions.ts'
import { type EventRoutesDeps, eventRoutes } from './events.ts'
import { type HistoryRoutesDeps, historyRoutes } from './history.ts'
import { type IncidentRoutesDeps, incidentRoutes } from './incidents.ts'
import { openApi } from './openapi.ts'
import { addPopRoutes, type PopDeps } from './pops.ts'
import { search } from './search.ts'
import { sourceRoutes } from './sources.ts'
import { stats } from './stats.ts'

export type ApiDeps = PopDeps &
  Omit<EventRoutesDeps & IncidentRoutesDeps & HistoryRoutesDeps, 'answer'> & {
    catalogue: Catalogue
    countryOf: CountryOf
    snapshot: () => PackedSnapshot
    /** Unset: reading is open, and there are no keys. */
    viewToken: string | undefined
    signs: Signs
    /** All sources, true to the second. */
    sources: () => Promise<ReadonlyMap<string, Source>>
    /** Whether a source can be asked for at once. */
    canPollNow: boolean
  }

/** The records as JSON: `GET /api/…`. Every answer says `head`, the event id that it includes, and whether it is simulated. */
export function apiRoutes(deps: ApiDeps): Router {
  const { current, catalogue } = deps
  const router = new Router({ prefix: '/api' })
  const answer = (ctx: Context, body: object) => {
    ctx.body = { simulated: current.view.office.simulated, head: current.view.head, ...body }
  }
  const regionWithStatus = (id: string) => {
    const region = catalogue.regions.get(id)
    return region && { ...region, status: current.view.statuses.get(id) ?? null }
  }

  const probesOf = (query: { region?: string | undefined; provider?: string | undefined }) =>
    [...current.view.probes.values()]
      .filter(
        probe =>
          (query.region === undefined || probe.region === query.region) &&
          (query.provider === undefined || probe.provider === query.provider),
      )
      .sort(ascending('id'))

  router.get('/snapshot', async ctx => {
    const { channels } = readQuery(ctx, { channels: channelList(deps.countryOf).optional() })
    const whole = deps.snapshot()
    const wanted = channels === undefined ? whole : packSnapshot(narrow(whole.snapshot, channels, deps.countryOf))
    await answerPacked(ctx, wanted.whole())
  })
  router.get('/picture', async ctx => {
    readQuery(ctx, {})
    await answerPacked(ctx, deps.snapshot().picture())
  })
  router.get('/picture/texts', async ctx => {
    readQuery(ctx, {})
    await answerPacked(ctx, deps.snapshot().texts())
  })

  async function answerPacked(ctx: Context, packed: Packed): Promise<void> {
    ctx.set('Cache-Control', current.loaded ? snapshotCaching(deps.viewToken !== undefined) : 'no-store')
    ctx.set('Vary', 'Accept-Encoding')
    ctx.etag = packed.etag
    ctx.status = 200
    if (ctx.fresh) {
      ctx.status = 304
      return
    }
    const encoding = ctx.acceptsEncodings(['br', 'gzip', 'identity']) || 'identity'
    if (encoding !== 'identity') ctx.set('Content-Encoding', encoding)
    ctx.type = 'json'
    ctx.body = await packed.body(encoding as Encoding) // one of the three offered
  }

  router.get('/regions', ctx => {
    const query = readQuery(ctx, RegionsQuery)
    const regions = [...catalogue.regions.keys()]
      .flatMap(id => regionWithStatus(id) ?? [])
      .filter(
        region =>
          (query.provider === undefined || region.provider === query.provider) &&
          (query.country === undefined || region.country === query.country) &&
          (query.status === undefined || region.status?.status === query.status),
      )
    answer(ctx, { regions })
  })

  router.get('/regions/:provider/:code', ctx => {
    const id = `${ctx.params.provider}/${ctx.params.code}`
    const region =
      regionWithStatus(id) ?? ctx.throw(404, `there is no region '${id.slice(0, 80)}': GET /api/regions lists them`)
    const incidents = [...current.view.incidents.values()].filter(incident => incident.regions.includes(id))
    const { items } = pageOf(incidents, incident => incident.startedAt, { limit: 100 })
    answer(ctx, { region, incidents: items, probes: probesOf({ region: id }) })
  })

  incidentRoutes(router, { ...deps, answer })
  historyRoutes(router, { ...deps, answer })
  articleRoutes(router, { ...deps, answer })
  sourceRoutes(router, { ...deps, answer })

  router.get('/probes', ctx => {
    answer(ctx, { probes: probesOf(readQuery(ctx, ProbesQuery)) })
  })

  router.get('/stats', ctx => {
    readQuery(ctx, {})
    answer(ctx, { workersAt: deps.signs.workersAt, ...stats(catalogue, deps.pops.size, current.view) })
  })

  addPopRoutes(router, deps)
  router.get('/notices', ctx => {
    readQuery(ctx, {})
    answer(ctx, { notices: [...current.view.notices.values()].sort(descending('id')) })
  })

  router.get('/search', ctx => {
    const { q } = readQuery(ctx, SearchQuery)
    answer(ctx, search(q, catalogue, current.view))
  })

  router.get('/feed-key', ctx => {
    const { channel } = readQuery(ctx, { channel: Channel })
    ctx.set('Cache-Control', 'no-store')
    answer(ctx, { channel, key: deps.viewToken === undefined ? null : feedKey(deps.viewToken, channel) })
  })

  router.get('/openapi.json', ctx => {
    readQuery(ctx, {})
    ctx.body = openApi(descriptions)
  })

  eventRoutes(router, { ...deps, answer })
  return router
}
