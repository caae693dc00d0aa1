import type Router from '@koa/router'
import type { Context } from 'koa'
import { ascending } from '../../shared/domain/order.ts'
import { type Source, sourceState } from '../../shared/domain/source.ts'
import { readQuery } from '../http/request.ts'
import { SourcesQuery } from './api-queries.ts'

export type SourceRoutesDeps = {
  /** All sources, true to the second. */
  sources: () => Promise<ReadonlyMap<string, Source>>
  /** Whether `POST /api/sources/:id/poll` is there. */
  canPollNow: boolean
  answer: (ctx: Context, body: object) => void
}

/** `GET /api/sources` and `/api/sources/:id`. */
export function sourceRoutes(router: Router, { sources, canPollNow, answer }: SourceRoutesDeps): void {
  router.get('/sources', async ctx => {
    const query = readQuery(ctx, SourcesQuery)
    const found = [...(await sources()).values()].filter(
      source =>
        (query.provider === undefined || source.provider === query.provider) &&
        (query.kind === undefined || source.kind === query.kind) &&
        (query.state === 'all' || query.state === sourceState(source)),
    )
    answer(ctx, { canPollNow, sources: found.sort(ascending('id')) })
  })

  router.get('/sources/:id', async ctx => {
    readQuery(ctx, {})
    const id = String(ctx.params.id)
    const source = (await sources()).get(id)
    if (source === undefined)
      return ctx.throw(404, `there is no source '${id.slice(0, 64)}': GET /api/sources lists them`)
    answer(ctx, { canPollNow, source })
  })
}
