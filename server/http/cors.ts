import type { IncomingHttpHeaders } from 'node:http'
import type { Middleware } from 'koa'
import { isData } from './app.ts'
import { isMapped } from './mapped-hosts.ts'

export type CorsDeps = {
  /** `*`: any; only where reading is open. */
  allowedOrigins: readonly string[]
  /** Set: reading needs it, and no document is for everybody. */
  viewToken: string | undefined
}

const ANYONE = '*'
/** How long a browser may keep the answer to its preflight, in seconds. */
const MAX_AGE_S = 3_600

const forReaders = {
  'Access-Control-Expose-Headers': 'ETag, Last-Modified, Retry-After, WWW-Authenticate, X-Nephoscope-Simulated',
}
const forPreflights = {
  'Access-Control-Allow-Methods': 'GET, HEAD',
  'Access-Control-Allow-Headers': 'Authorization, Cache-Control, If-None-Match, Last-Event-ID',
  'Access-Control-Max-Age': String(MAX_AGE_S),
}

/**
 * What an answer to a GET of data says to a browser whose page is of another origin. Never with credentials: a reader
 * that may read gives its token in a header, so a page cannot read in the name of whoever looks at it.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function corsHeaders(
  path: string,
  { origin }: IncomingHttpHeaders,
  { allowedOrigins, viewToken }: CorsDeps,
  isPublic = isPublicDocument(path),
): Record<string, string> {
  const isForAnyone = allowedOrigins.includes(ANYONE) || isPublic
  if (viewToken === undefined && isForAnyone) return { 'Access-Control-Allow-Origin': ANYONE, ...forReaders }
  if (allowedOrigins.length === 0) return {}
  if (origin === undefined || !allowedOrigins.includes(origin)) return { Vary: 'Origin' }
  return { Vary: 'Origin', 'Access-Control-Allow-Origin': origin, ...forReaders }
}

/**
 * Documents for other sites of what providers say in public: their clients read them from anywhere where reading is
 * open. Pictures are for our own pages. What an office says of itself, its stacks and notices, is for the origins that it names, unless it has a host of its own for it.
 */
const isPublicDocument = (path: string): boolean =>
  isData(path) && !/^\/(?:api|img)\/|\/(?:stack\/|(?:all|notices)(?:\.|$))/i.test(path)

/**
 * Lets pages of other origins read, and answers their preflights, before anybody asks for a token.
 * @param isAdmins whether a path is only the admin's: no page of another origin may read it
 */
export function cors({ isAdmins, ...deps }: CorsDeps & { isAdmins: (path: string) => boolean }): Middleware {
  return async (ctx, next) => {
    if (!isData(ctx.path) || isAdmins(ctx.path)) return next()
    const headers = corsHeaders(ctx.path, ctx.headers, deps, isPublicDocument(ctx.path) || isMapped(ctx))
    const isPreflight = ctx.method === 'OPTIONS' && ctx.get('Access-Control-Request-Method') !== ''
    if (headers.Vary !== undefined) ctx.vary(headers.Vary)
    const { Vary: _, ...rest } = headers
    if (isPreflight && rest['Access-Control-Allow-Origin'] !== undefined) {
      ctx.set({ ...rest, ...forPreflights })
      ctx.status = 204
      return
    }
    if (ctx.method === 'GET' || ctx.method === 'HEAD') ctx.set(rest)
    await next()
  }
}
