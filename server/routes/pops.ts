import type Router from '@koa/router'
import { Slug, sourceOf } from '../../shared/domain/primitives.ts'
import type { PopId } from '../../shared/domain/region.ts'
import { isSilent } from '../../shared/domain/source.ts'
import type { Status } from '../../shared/domain/status.ts'
import type { View } from '../../shared/domain/view.ts'
import type { Pops } from '../../shared/regions/pops.ts'
import { answerTagged } from '../http/answer.ts'
import { readQuery } from '../http/request.ts'
import type { Current } from '../live/current.ts'

export type PopDeps = {
  pops: Pops
  current: Current
  /** ms since the epoch */
  now: () => number
}

/** They change with a release: a day is soon enough, in seconds. */
const MAX_AGE_S = 86_400

/**
 * Edge locations. Where they are does not change and may be kept (`/pops`); how they are does, and may not (`/pops/statuses`):
 * a page that was kept for a day would show yesterday's health.
 */
export function addPopRoutes(router: Router, { pops, current, now }: PopDeps): void {
  const all = [...pops.values()]
  router.get('/pops', ctx => {
    const { provider } = readQuery(ctx, { provider: Slug.optional() })
    const body = JSON.stringify({ pops: all.filter(pop => provider === undefined || pop.provider === provider) })
    answerTagged(ctx, 'json', body, MAX_AGE_S)
  })

  router.get('/pops/statuses', ctx => {
    const { provider } = readQuery(ctx, { provider: Slug.optional() })
    const { view } = current
    const statuses = [...popStatuses(pops, view, now())].filter(
      ([id]) => provider === undefined || id.startsWith(`${provider}/`),
    )
    ctx.set('Cache-Control', 'no-cache')
    ctx.body = { simulated: view.office.simulated, head: view.head, statuses: Object.fromEntries(statuses) }
  })
}

/** The locations that a status page has a component for, which then ends in the code: 'Amsterdam, Netherlands - (AMS)'. */
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
