import type Router from '@koa/router'
import Koa, { HttpError, type Middleware } from 'koa'
import sirv from 'sirv'
import { pageAt } from '../shared/domain/pages.ts'
import { demandToken, type WrongTokens } from './admission.ts'
import { securityHeaders } from './security-headers.ts'

export type AppDeps = {
  api: Router
  admin: Router
  probes: Router
  /** What others call when a source has news; it knows its callers by secrets of its own. */
  hooks: Router
  /** The folder with the built client. */
  clientDir: string
  viewToken: string | undefined
  adminToken: string | undefined
  wrongTokens: WrongTokens
  simulated: () => boolean
  onRequest(route: string, status: number): void
  log: { error(fields: object, message: string): void }
}

/** The HTTP side: probes, hooks, API and the built client, in that order. */
export function createApp(deps: AppDeps): Koa {
  const app = new Koa()
  app.on('error', (error: Error) => deps.log.error({ error: error.message, stack: error.stack }, 'a request failed'))
  app.use(counted(deps))
  app.use(securityHeaders)
  app.use(errorsAsJson)
  app.use(deps.probes.routes())
  app.use(deps.hooks.routes())
  app.use(marked(deps.simulated))
  app.use(guarded(deps))
  app.use(deps.admin.routes())
  app.use(deps.api.routes()).use(deps.api.allowedMethods())
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

/** What was thrown with an HTTP status is an answer; anything else is our fault and is told to the log alone. */
const errorsAsJson: Middleware = async (ctx, next) => {
  try {
    await next()
    if (ctx.status === 404 && ctx.body === undefined && ctx.path.startsWith('/api/'))
      ctx.throw(404, `there is no ${ctx.path.slice(0, 80)}`)
  } catch (error) {
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

/** With a view token set, the API needs it (or the admin's); the page itself holds no data and asks for the token. */
function guarded({ viewToken, adminToken, wrongTokens }: AppDeps): Middleware {
  const tokens = [viewToken, adminToken].filter(token => token !== undefined)
  return async (ctx, next) => {
    if (viewToken !== undefined && ctx.path.startsWith('/api/'))
      demandToken(ctx, tokens, wrongTokens, 'reading needs the view token: Authorization: Bearer …')
    await next()
  }
}

/** The built client: its pages are one document. Files under /assets carry a hash in their name and never change. */
function client(dir: string): Middleware {
  const serve = sirv(dir, {
    etag: true,
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
      if (pageAt(ctx.path) !== null) ctx.req.url = '/'
      serve(ctx.req, ctx.res, () => {
        ctx.respond = true
        next().then(resolve, reject)
      })
    })
}
