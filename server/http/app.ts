import type Router from '@koa/router'
import Koa, { type Context, HttpError, type Middleware } from 'koa'
import sirv from 'sirv'
import { isUnavailable } from '../../shared/redis/connect.ts'
import { hasFeedKey } from '../outward/feed-key.ts'
import type { AdmittedScreens } from '../screens/admitted-screens.ts'
import { bearerToken, demandToken, type WrongTokens } from './admission.ts'
import { securityHeaders } from './security-headers.ts'

export type AppDeps = {
  api: Router
  admin: Router
  outward: Router
  probes: Router
  /** What others call when a source has news; it knows its callers by secrets of its own. */
  hooks: Router
  /** How screens without a token are admitted. */
  pairing: Router
  /** The documents of the client's pages. */
  pages: Middleware
  /** The folder with the built client. */
  clientDir: string
  viewToken: string | undefined
  adminToken: string | undefined
  screens: AdmittedScreens
  wrongTokens: WrongTokens
  simulated: () => boolean
  onRequest(route: string, status: number): void
  log: { error(fields: object, message: string): void }
}

/** The HTTP side: probes, hooks, API and the built client, in that order. */
export function createApp(deps: AppDeps): Koa {
  const app = new Koa()
  app.on('error', (error: Error, ctx?: Context) => {
    if (ctx?.req.socket.errored === error) return // a client that leaves is no failure: nobody shall fill the log by leaving
    deps.log.error({ error: error.message, stack: error.stack }, 'a request failed')
  })
  app.use(counted(deps))
  app.use(securityHeaders)
  app.use(errorsAsJson)
  app.use(deps.probes.routes())
  app.use(deps.hooks.routes())
  app.use(marked(deps.simulated))
  app.use(deps.pairing.routes())
  app.use(guarded(deps))
  app.use(deps.admin.routes())
  app.use(deps.api.routes()).use(deps.api.allowedMethods())
  app.use(deps.outward.routes())
  app.use(deps.pages)
  app.use(client(deps.clientDir))
  return app
}

const counted =
  (deps: AppDeps): Middleware =>
  async (ctx, next) => {
    await next()
    // The pattern, not the path: a metric must not grow with what strangers ask for.
    deps.onRequest(typeof ctx._matchedRoute === 'string' ? ctx._matchedRoute : 'static', ctx.status)
  }

/** When it is worth asking again while Redis is away, in seconds. */
const RETRY_AFTER_S = 5

/**
 * What was thrown with an HTTP status is an answer, and a Redis that is away passes (its loss is logged once, where it is connected);
 * anything else is our fault and is told to the log alone.
 */
export const errorsAsJson: Middleware = async (ctx, next) => {
  try {
    await next()
    if (ctx.status === 404 && ctx.body === undefined && isGuarded(ctx.path))
      ctx.throw(404, `there is no ${ctx.path.slice(0, 80)}`)
  } catch (error) {
    if (isUnavailable(error)) {
      ctx.status = 503
      ctx.set('Retry-After', String(RETRY_AFTER_S))
      ctx.body = { error: 'Redis cannot be reached: what is read from it comes back with it, try again in a moment' }
      return
    }
    const known = error instanceof HttpError && error.expose
    if (!known) ctx.app.emit('error', error, ctx)
    ctx.status = known ? error.status : 500
    ctx.body = { error: known ? error.message : 'the server made a mistake; its log says more' }
  }
}

const marked =
  (simulated: () => boolean): Middleware =>
  async (ctx, next) => {
    if (simulated()) ctx.set('X-Nephoscope-Simulated', 'true')
    await next()
  }

/**
 * With a view token set, the API needs it (or the admin's, or that of a screen); the page itself holds no data and asks for the token. What is told
 * of one channel to readers that cannot send headers opens to that channel's key too.
 */
function guarded({ viewToken, adminToken, screens, wrongTokens }: AppDeps): Middleware {
  const tokens = [viewToken, adminToken].filter(token => token !== undefined)
  return async (ctx, next) => {
    if (viewToken === undefined || !isGuarded(ctx.path) || hasFeedKey(ctx.path, ctx.query.key, viewToken)) return next()
    const screen = await screens.identify(bearerToken(ctx.get('Authorization')) ?? '')
    if (screen === null) demandToken(ctx, tokens, wrongTokens, 'reading needs the view token: Authorization: Bearer …')
    // a key would outlive the admission of whoever asked for it
    else if (ctx.path.toLowerCase().startsWith('/api/feed-key')) ctx.throw(403, 'keys are not given to screens')
    else ctx.res.once('close', screens.hold(screen, { cut: () => ctx.res.destroy() }))
    await next()
  }
}

/** Routers read a path in either case, so the guard does. */
const isGuarded = (path: string): boolean =>
  ['/api/', '/feeds/', '/badge/', '/embed/', '/statuspage/'].some(prefix => path.toLowerCase().startsWith(prefix))

/** The built client's files. Those under /assets carry a hash in their name and never change. */
function client(dir: string): Middleware {
  const serve = sirv(dir, {
    etag: true,
    brotli: true,
    gzip: true,
    setHeaders(response, pathname) {
      response.setHeader(
        'Cache-Control',
        pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    },
  })
  return (ctx, next) =>
    new Promise<void>((resolve, reject) => {
      ctx.res.once('finish', resolve).once('close', resolve)
      ctx.respond = false
      serve(ctx.req, ctx.res, () => {
        ctx.respond = true
        next().then(resolve, reject)
      })
    })
}
