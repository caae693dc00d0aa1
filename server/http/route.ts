import { createHash } from 'node:crypto'
import Router from '@koa/router'
import type { Context } from 'koa'
import type { z } from 'zod'
import type { Need } from '../../shared/domain/access.ts'
import type { AuditAction } from '../../shared/domain/audit.ts'
import { readBody, readQuery } from './request.ts'
import type { CountRequest } from './request-limit.ts'

type MediaType = `${string}/${string}`

/**
 * JSON by its schema, anything else by its media type, null for an empty answer. Where the path says in which of several
 * formats: each of them, with the schema of those that are JSON.
 */
export type Answer = z.ZodType | MediaType | Readonly<Record<MediaType, z.ZodType | null>> | null

/** What a route is, without how it answers: OpenAPI and the reference in docs/api.md are made from it. */
export type Description = {
  method: 'get' | 'post' | 'patch' | 'delete'
  /** As the router reads it: `/api/regions/:provider/:code`. */
  path: `/${string}`
  summary: string
  details?: string
  /** The whole query string: any other parameter is answered 400. Absent: the query is not looked at. */
  query?: z.ZodRawShape
  /** Further parameters are ignored: others put them behind the addresses of documents, to get past caches. */
  ignoresOtherQuery?: true
  body?: { schema: z.ZodType; maxBytes: number }
  /** What the body is, where a specification of others says so and the handler reads it as bytes. */
  takes?: string
  /** Answers by status. The first is the status of a success. */
  answers: Readonly<Record<number, Answer>>
  /** Statuses that are answered with a `Problem`. Those of tokens, queries, bodies and methods need no mention. */
  faults?: readonly number[]
  /**
   * What its token must allow, as `mayDo` has it: `view` only where a view token is set. `screen` is the secret beside a
   * code; `public` needs none.
   */
  access: Need | 'screen' | 'public'
  /** Each answer is made anew and costs milliseconds: a network may ask for REQUESTS_PER_MINUTE of these. */
  costly?: true
  /** What the audit log calls it, once it was done. */
  audit?: AuditAction
  /** `maxAgeS`: the answer is tagged and may be kept so long. Absent: the handler says, or nothing is said. */
  cache?: 'no-store' | 'no-cache' | { maxAgeS: number }
}

/** A request that has passed: its parameters are read, its body is read when the handler asks for it. */
export type Request<P = string, Q = unknown, B = unknown> = {
  ctx: Context
  params: Readonly<Record<ParametersOf<P>, string>>
  query: Q
  body(): Promise<B>
}

/** Router, OpenAPI and the reference are made from it. `handle` returns the body; undefined where it has answered. */
export type Route<Deps> = Description & {
  /** Runs before anything of the request is read; throws for those who may not ask. */
  admit?: (ctx: Context, deps: Deps) => unknown
  handle: (request: Request<string, never, never>, deps: Deps) => unknown
}

export type Typed<P extends `/${string}`, Q extends z.ZodRawShape, B extends z.ZodType, Deps> = {
  path: P
  query?: Q
  body?: { schema: B; maxBytes: number }
  handle: (request: Request<P, z.infer<z.ZodObject<Q>>, z.infer<B>>, deps: Deps) => unknown
}

/** Checks a definition's types, and forgets those of its parameters so that routes fit into one list. */
export const route = <P extends `/${string}`, Q extends z.ZodRawShape, B extends z.ZodType, Deps>(
  definition: Description & Typed<P, Q, B, Deps> & Pick<Route<Deps>, 'admit'>,
): Route<Deps> => definition as Route<Deps> // `routerOf` gives each handler what its own schemas have read

/** `/api/regions/:provider/:code.svg` → `'provider' | 'code'` */
type ParametersOf<P> = P extends `${string}${':' | '*'}${infer Rest}` ? NameAtStart<Rest> | ParametersOf<Rest> : never
type NameAtStart<P extends string> = P extends `${infer Name}${'/' | '.'}${string}` ? NameAtStart<Name> : P

type DepsOf<R> = (R extends Route<infer Deps> ? (deps: Deps) => void : never) extends (deps: infer All) => void
  ? All
  : never

/**
 * Routes, and what their handlers need → a router. A path is its route's letter by letter: a proxy in front that closes
 * `/metrics` has then closed all of its spellings.
 * @param strict false: also with a slash at its end, as clients of Statuspage write a page's address
 */
export function routerOf<R extends Route<never>>(
  routes: readonly R[],
  deps: DepsOf<R>,
  { strict = true, countRequest }: { strict?: boolean; countRequest?: CountRequest } = {},
): Router {
  const router = new Router({ sensitive: true, strict })
  // each route needs a part of `deps`, which their type ensures
  for (const one of routes) router[one.method](one.path, ctx => run(one, deps as never, ctx, countRequest))
  return router
}

async function run(route: Route<never>, deps: never, ctx: Context, countRequest?: CountRequest): Promise<void> {
  const { admit, query, body, cache, handle } = route
  await admit?.(ctx, deps)
  const request = {
    ctx,
    params: ctx.params,
    query: query && readQuery(ctx, query, route.ignoresOtherQuery),
    body: () => body && readBody(ctx, body.schema, body.maxBytes),
  }
  if (route.costly) await countRequest?.(ctx)
  if (typeof cache === 'string') ctx.set('Cache-Control', cache)
  const answer = await handle(request as Request<string, never, never>, deps) // read by the route's own schemas
  const [status = '200', kind] = Object.entries(route.answers)[0] ?? []
  if (status === '204') ctx.status = 204
  if (answer === undefined) return
  // a handler that has several names its own
  const type = ctx.response.get('Content-Type') || (typeof kind === 'string' ? kind : 'json')
  if (typeof cache === 'object')
    return answerTagged(ctx, type, typeof answer === 'string' ? answer : JSON.stringify(answer), cache.maxAgeS)
  ctx.status = Number(status)
  ctx.type = type
  ctx.body = answer
}

/** Answers with a text that may be kept for `maxAgeS` seconds and is not sent again while it is the same. */
export function answerTagged(ctx: Context, type: string, body: string, maxAgeS: number): void {
  ctx.set('Cache-Control', `max-age=${maxAgeS}`)
  answerIfNew(ctx, tagOf(body), type, body)
}

/** Answers with a body, or with 304 and nothing where the asker has what this tag stands for. */
export function answerIfNew(ctx: Context, tag: string, type: string, body: string | Buffer): void {
  ctx.etag = tag
  ctx.status = 200
  if (ctx.fresh) {
    ctx.status = 304
    return
  }
  ctx.type = type
  ctx.body = body
}

/** An entity tag without quotes, by the bytes. @see https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 */
export const tagOf = (body: string | Buffer): string =>
  createHash('sha256').update(body).digest('base64url').slice(0, 22)
