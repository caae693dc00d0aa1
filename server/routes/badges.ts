import type Router from '@koa/router'
import type { Context } from 'koa'
import { descending } from '../../shared/domain/order.ts'
import { Slug } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import { answerTagged } from '../http/answer.ts'
import { type BaseUrl, KeyQuery, readQuery } from '../http/request.ts'
import { badge } from '../outward/badge.ts'
import { embed, embedPolicy } from '../outward/embed.ts'
import { providerStanding, regionStanding, type StandingDeps } from '../outward/status-summary.ts'

export type BadgeRoutesDeps = {
  catalogue: Catalogue
  /** What is known now. */
  standing: () => StandingDeps
  base: BaseUrl
}

/** How long a badge may be kept, in seconds. */
const MAX_AGE = 30

/** For pages of others: `GET /badge/region/…svg`, `/badge/provider/…svg`, and `/embed/region/…` for a frame. */
export function badgeRoutes(router: Router, { catalogue, standing, base }: BadgeRoutesDeps): void {
  const nameOf = (provider: string) => catalogue.providers.get(provider)?.name ?? provider
  const regionOf = (ctx: Context): Region => {
    const id = `${ctx.params.provider}/${ctx.params.code}`
    return (
      catalogue.regions.get(id) ??
      ctx.throw(404, `there is no region '${id.slice(0, 80)}': GET /api/regions lists them`)
    )
  }

  router.get('/badge/region/:provider/:code.svg', ctx => {
    readQuery(ctx, KeyQuery)
    const region = regionOf(ctx)
    const name = `${nameOf(region.provider)} ${region.name}`
    forAnySite(ctx)
    answerTagged(ctx, 'image/svg+xml', badge(name, regionStanding(region, standing()).status), MAX_AGE)
  })

  router.get('/badge/provider/:provider.svg', ctx => {
    readQuery(ctx, KeyQuery)
    const provider = String(ctx.params.provider)
    const known = Slug.safeParse(provider).success ? providerStanding(provider, standing()) : undefined
    if (known === undefined)
      return ctx.throw(404, `nobody watches '${provider.slice(0, 64)}': GET /api/sources lists who is`)
    forAnySite(ctx)
    answerTagged(ctx, 'image/svg+xml', badge(nameOf(provider), known.status), MAX_AGE)
  })

  router.get('/embed/region/:provider/:code', ctx => {
    const { key } = readQuery(ctx, KeyQuery)
    const region = regionOf(ctx)
    const known = standing()
    const [incident] = [...known.view.incidents.values()]
      .filter(({ regions }) => regions.includes(region.id))
      .sort(descending('updatedAt'))
    const page = embed({
      name: `${nameOf(region.provider)} ${region.name}`,
      standing: regionStanding(region, known),
      incident,
      badge: `/badge/region/${region.id}.svg${key === undefined ? '' : `?key=${encodeURIComponent(key)}`}`,
      home: base(ctx),
      simulated: known.view.office.simulated,
    })
    forAnySite(ctx)
    ctx.set('Content-Security-Policy', embedPolicy)
    answerTagged(ctx, 'text/html; charset=utf-8', page, MAX_AGE)
  })
}

/** Anybody's page may show this answer; all others are for our own. */
const forAnySite = (ctx: Context): void => ctx.set('Cross-Origin-Resource-Policy', 'cross-origin')
