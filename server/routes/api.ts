import Router from '@koa/router'
import type { Context } from 'koa'
import { z } from 'zod'
import type { Article } from '../../shared/domain/article.ts'
import { Channel, type CountryOf } from '../../shared/domain/channels.ts'
import { isActive, isEnded } from '../../shared/domain/incident.ts'
import { Country, RegionId, Slug } from '../../shared/domain/primitives.ts'
import type { Source } from '../../shared/domain/source.ts'
import { Status } from '../../shared/domain/status.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import { narrow } from '../narrow.ts'
import { Paging, pageOf } from '../page-of.ts'
import type { Signs } from '../signs.ts'
import { type Encoding, type PackedSnapshot, pack } from '../snapshot.ts'
import { addPopRoutes, type PopDeps } from './pops.ts'
import { readQuery } from './query.ts'
import { sourceRoutes } from './sources.ts'
import { stats } from './stats.ts'

export type ApiDeps = PopDeps & {
  catalogue: Catalogue
  countryOf: CountryOf
  snapshot: () => PackedSnapshot
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
      .sort((a, b) => (a.id < b.id ? -1 : 1))
  const countriesOf = (article: Article) =>
    new Set([...article.countries, ...article.regions.flatMap(region => deps.countryOf(region) ?? [])])

  router.get('/snapshot', async ctx => {
    const { channels } = readQuery(ctx, { channels: ChannelList.optional() })
    const whole = deps.snapshot()
    const packed = channels === undefined ? whole : pack(narrow(whole.snapshot, channels, deps.countryOf))
    ctx.set('Cache-Control', 'no-cache')
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
  })

  router.get('/regions', ctx => {
    const query = readQuery(ctx, {
      provider: Slug.optional(),
      country: z.string().toUpperCase().pipe(Country).optional(),
      status: Status.optional(),
    })
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

  router.get('/incidents', ctx => {
    const query = readQuery(ctx, {
      provider: Slug.optional(),
      region: RegionId.optional(),
      kind: z.enum(['incident', 'maintenance']).optional(),
      state: z.enum(['active', 'ended', 'scheduled', 'all']).default('all'),
      ...Paging,
    })
    const states = { active: isActive, ended: isEnded, scheduled: isScheduled, all: () => true }
    const incidents = [...current.view.incidents.values()].filter(
      incident =>
        states[query.state](incident) &&
        (query.provider === undefined || incident.provider === query.provider) &&
        (query.region === undefined || incident.regions.includes(query.region)) &&
        (query.kind === undefined || incident.kind === query.kind),
    )
    const { items, next } = pageOf(incidents, incident => incident.updatedAt, query)
    answer(ctx, { total: incidents.length, incidents: items, next })
  })

  router.get('/incidents/:source/:id', ctx => {
    const id = `${ctx.params.source}/${ctx.params.id}`
    const incident = current.view.incidents.get(id) ?? ctx.throw(404, `there is no incident '${id.slice(0, 80)}'`)
    answer(ctx, { incident })
  })

  router.get('/articles', ctx => {
    const query = readQuery(ctx, {
      provider: Slug.optional(),
      topic: Slug.optional(),
      region: RegionId.optional(),
      country: z.string().toUpperCase().pipe(Country).optional(),
      ...Paging,
    })
    const articles = [...current.view.articles.values()].filter(
      article =>
        (query.provider === undefined || article.providers.includes(query.provider)) &&
        (query.topic === undefined || article.topics.includes(query.topic)) &&
        (query.region === undefined || article.regions.includes(query.region)) &&
        (query.country === undefined || countriesOf(article).has(query.country)),
    )
    const { items, next } = pageOf(articles, article => article.publishedAt, query)
    answer(ctx, { total: articles.length, articles: items, next })
  })

  sourceRoutes(router, { ...deps, answer })

  router.get('/probes', ctx => {
    answer(ctx, { probes: probesOf(readQuery(ctx, { region: RegionId.optional(), provider: Slug.optional() })) })
  })

  router.get('/stats', ctx => {
    readQuery(ctx, {})
    answer(ctx, { workersAt: deps.signs.workersAt, ...stats(catalogue, current.view) })
  })

  addPopRoutes(router, deps)
  return router
}

const isScheduled = (incident: Parameters<typeof isActive>[0]): boolean => incident.status === 'scheduled'

const ChannelList = z
  .string()
  .max(8192)
  .transform(value => value.split(',').filter(Boolean))
  .pipe(z.array(Channel).max(200))
