import type Router from '@koa/router'
import { Slug } from '../../shared/domain/primitives.ts'
import { answerTagged } from '../http/answer.ts'
import { type BaseUrl, KeyQuery, readQuery } from '../http/request.ts'
import type { StandingDeps } from '../outward/status-summary.ts'
import { type PageDocument, statusPage } from '../outward/statuspage.ts'

export type StatuspageRoutesDeps = {
  /** What is known now. */
  standing: () => StandingDeps
  base: BaseUrl
}

/** How long a client may keep an answer, in seconds. */
const MAX_AGE = 15

export const pageDocuments: readonly PageDocument[] = [
  'summary.json',
  'status.json',
  'components.json',
  'incidents.json',
  'incidents/unresolved.json',
  'scheduled-maintenances.json',
  'scheduled-maintenances/active.json',
  'scheduled-maintenances/upcoming.json',
]

/** `GET /statuspage/:provider/api/v2/…`: any provider as a status page that existing clients can read. */
export function statuspageRoutes(router: Router, { standing, base }: StatuspageRoutesDeps): void {
  for (const name of pageDocuments)
    router.get(`/statuspage/:provider/api/v2/${name}`, ctx => {
      readQuery(ctx, KeyQuery)
      const provider = String(ctx.params.provider)
      const page = Slug.safeParse(provider).success ? statusPage(provider, standing(), base(ctx)) : undefined
      if (page === undefined)
        return ctx.throw(404, `nobody watches '${provider.slice(0, 64)}': GET /api/sources lists who is`)
      answerTagged(ctx, 'application/json; charset=utf-8', JSON.stringify(page[name]), MAX_AGE)
    })
}
