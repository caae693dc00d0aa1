import type Router from '@koa/router'
import Koa, { type Context, HttpError, type Middleware } from 'koa'
import { isUnavailable } from '../../shared/redis/connect.ts'
import { compressed } from './compress.ts'
import { allow, answerProblem, otherMethods } from './problem.ts'
import { securityHeaders } from './security-headers.ts'

export type AppDeps = {
  /** Hosts that are a status page of their own. */
  hosts: Middleware
  /** For programs beside this one: they ask without a token, whatever else needs one. */
  health: Router
  /** Called when a source has news; it knows its callers by secrets of its own. */
  hooks: Router
  pairing: Router
  /** For pages of other origins. */
  cors: Middleware
  guard: Middleware
  admin: Router
  api: Router
  outward: Router
  /** The admin's pages of the queues. */
  queues: Middleware
  client: readonly Middleware[]
  isOverTls: (ctx: Context) => boolean
  isSimulated: () => boolean
  onRequest(route: string, status: number): void
  log: { error(fields: object, message: string): void }
}

/** The HTTP side: every answer carries the same headers, and every failure is a `Problem`. */
export function createApp(deps: AppDeps): Koa {
  const app = logged(deps.log)
  app.use(counted(deps))
  app.use(compressed)
  app.use(securityHeaders(deps.isOverTls))
  app.use(errorsAsJson)
  app.use(deps.hosts)
  app.use(deps.health.routes())
  app.use(deps.hooks.routes())
  app.use(marked(deps.isSimulated))
  app.use(deps.pairing.routes())
  app.use(deps.cors)
  app.use(deps.guard)
  app.use(deps.admin.routes())
  app.use(deps.api.routes())
  app.use(deps.outward.routes())
  app.use(otherMethods)
  app.use(deps.queues)
  app.use(onlyRead)
  for (const middleware of deps.client) app.use(middleware)
  return app
}

/** What a port for nothing but these routes answers. */
export function createPartialApp(router: Router, log: AppDeps['log']): Koa {
  const app = logged(log)
  app
    .use(compressed)
    .use(securityHeaders(() => false))
    .use(errorsAsJson)
    .use(router.routes())
    .use(otherMethods)
  return app
}

function logged(log: AppDeps['log']): Koa {
  const app = new Koa()
  app.on('error', (error: Error, ctx?: Context) => {
    if (ctx?.req.socket.errored === error) return // a client that leaves is no failure, and must not fill the log
    log.error({ error: error.message, stack: error.stack }, 'a request failed')
  })
  return app
}

const counted =
  (deps: AppDeps): Middleware =>
  async (ctx, next) => {
    await next()
    // The pattern, not the path: the number of a metric's labels must not depend on what strangers ask for.
    deps.onRequest(typeof ctx._matchedRoute === 'string' ? ctx._matchedRoute : 'static', ctx.status)
  }

/** When a client should ask again while Redis is away, in seconds. */
const RETRY_AFTER_S = 5

/** What was thrown with an HTTP status becomes the answer; 503 while Redis is away. All else goes to the log alone. */
export const errorsAsJson: Middleware = async (ctx, next) => {
  try {
    await next()
    if (ctx.status === 404 && ctx.body === undefined && isForPrograms(ctx.path))
      ctx.throw(404, `there is no ${ctx.path.slice(0, 80)}`)
  } catch (error) {
    if (isUnavailable(error)) {
      ctx.set('Retry-After', String(RETRY_AFTER_S))
      const line = 'Redis cannot be reached: what is read from it comes back with it, try again in a moment'
      return answerProblem(ctx, 503, line)
    }
    const known = error instanceof HttpError && error.expose
    if (!known) ctx.app.emit('error', error, ctx)
    if (known) answerProblem(ctx, error.status, error.message)
    else answerProblem(ctx, 500, 'the server made a mistake; its log says more')
  }
}

/** Pages and files are read, and by any other method are not even looked for. */
const onlyRead: Middleware = (ctx, next) =>
  ctx.method === 'GET' || ctx.method === 'HEAD' || isForPrograms(ctx.path) ? next() : allow(ctx, ['GET', 'HEAD'])

const marked =
  (isSimulated: () => boolean): Middleware =>
  async (ctx, next) => {
    if (isSimulated()) ctx.set('X-Nephoscope-Simulated', 'true')
    await next()
  }

/** Whether a path belongs to data and not to the page. Upper and lower case are the same, as for the routers. */
export const isData = (path: string): boolean =>
  ['/api/', '/feeds/', '/badge/', '/card/', '/embed/', '/calendar/', '/oembed', '/statuspage/', '/img/'].some(prefix =>
    path.toLowerCase().startsWith(prefix),
  )

/** Whether what is not there is told to a program, and not to a person by a page. */
const isForPrograms = (path: string): boolean => isData(path) || /^\/(?:hooks|pairing)\//i.test(path)
