import type { Context } from 'koa'
import { z } from 'zod'
import { EventId } from '../../shared/domain/events.ts'
import type { View } from '../../shared/domain/view.ts'
import type { Access } from '../access/access.ts'
import { type AuditLog, aboutOf } from '../access/audit-log.ts'
import { KeyQuery } from '../http/request.ts'
import {
  type Answer,
  answerIfNew,
  type Description,
  type Request,
  type Route,
  route,
  type Typed,
  tagOf,
} from '../http/route.ts'
import { type Known, nameKinds, unknownName } from '../live/known-channels.ts'

type StateDeps = { current: { readonly view: View }; known: Known }

/**
 * `GET /api/…`: records out of the state. The answer names the event that it includes, and says if it is simulated. Its
 * tag does not count that event: while nothing else has changed, whoever has an older answer has a true one.
 */
export const stateRoute = <P extends `/${string}`, Deps, Q extends z.ZodRawShape = z.ZodRawShape>(definition: {
  path: P
  summary: string
  details?: string
  query?: Q
  /** What the answer holds beside `simulated` and `head`. */
  answer: z.ZodRawShape
  faults?: readonly number[]
  cache?: 'no-store' | 'no-cache'
  costly?: true
  handle: (request: Request<P, z.infer<z.ZodObject<Q>>>, deps: Deps) => object | Promise<object>
}): Route<Deps & StateDeps> => {
  const { answer, query, faults = [], handle, ...rest } = definition
  return route({
    ...rest,
    method: 'get',
    query: query ?? ({} as Q), // no parameter
    answers: { 200: z.object({ simulated: z.boolean(), head: EventId, ...answer }), 304: null },
    faults: [400, ...faults],
    access: 'view',
    async handle(request: Request<P, z.infer<z.ZodObject<Q>>>, deps: Deps & StateDeps) {
      demandKnown(request.ctx, request.query, deps.known)
      const body = await handle(request, deps)
      const { view } = deps.current
      const { simulated } = view.settings
      const json = JSON.stringify(body)
      const answer = `{"simulated":${simulated},"head":"${view.head}",${json.slice(1)}` // a body is never empty
      if (rest.cache === 'no-store') return answer
      request.ctx.set('Cache-Control', 'no-cache')
      answerIfNew(request.ctx, `W/"${tagOf(`${simulated}${json}`)}"`, 'json', answer)
    },
  })
}

/** Answers 400 to a query that names what does not exist, with the nearest that does. */
export function demandKnown(ctx: Context, query: object, known: Known): void {
  for (const [name, id] of Object.entries(query)) {
    const kind = nameKinds.find(kind => kind === name)
    if (kind !== undefined && typeof id === 'string' && !known[kind].has(id))
      ctx.throw(400, `${kind}: ${unknownName(kind, id, known)}`)
  }
}

export type AdminDeps = { access: Pick<Access, 'demand' | 'bearer'>; audit: AuditLog }

/** What an operator or only an admin does; it needs Redis, and exists where there is an `ADMIN_TOKEN`. */
export const adminRoute = <P extends `/${string}`, Q extends z.ZodRawShape, B extends z.ZodType, Deps>({
  faults = [],
  access,
  ...definition
}: Omit<Description, 'access'> & { access: 'operate' | 'admin' } & Typed<P, Q, B, Deps>): Route<Deps & AdminDeps> =>
  route<P, Q, B, Deps & AdminDeps>({
    ...definition,
    faults: [403, 404, 503, ...faults],
    access,
    admit: (ctx, deps) => deps.access.demand(ctx, access),
    async handle(request, deps) {
      const answer = await definition.handle(request, deps)
      const { audit } = definition
      if (audit !== undefined)
        await deps.audit.note(deps.access.bearer(request.ctx)?.by ?? '', audit, aboutOf(request.params, answer))
      return answer
    },
  })

/** What other sites and programs show: a document of one channel, which the channel's key opens too. */
export const channelRoute = <P extends `/${string}`, Deps>(
  definition: Pick<Description, 'summary' | 'details' | 'cache' | 'costly'> & {
    path: P
    type: NonNullable<Answer>
    handle: (request: Request<P, { key?: string | undefined }>, deps: Deps) => unknown
  },
): Route<Deps> => {
  const { type, ...rest } = definition
  return route({
    ...rest,
    method: 'get',
    query: KeyQuery,
    ignoresOtherQuery: true,
    answers: { 200: type, 304: null },
    faults: [404],
    access: 'view',
  })
}
