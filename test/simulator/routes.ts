import Router from '@koa/router'
import type { Context } from 'koa'
import { answersOf, codings } from './answer.ts'
import { type Endpoint, endpoints, probedEndpoints } from './endpoints.ts'
import { serveFault } from './faults.ts'
import { pictureNamed } from './pictures/picture.ts'
import type { Fault } from './step.ts'
import { articlePage, incidentPage, indexPage } from './web-pages.ts'
import type { World } from './world.ts'

/** A response that was handed to the network. */
export type Served = {
  source: string
  status: number
  /** The revision of the world that it shows. */
  revision: number
  /** ms since the epoch, with fractions */
  at: number
}

export type RouteOptions = {
  world: World
  clock: () => number
  /** A source was requested. */
  onRequest: (source: string) => void
  onServed: (served: Served) => void
}

/** The sources' addresses, and the pages that they link to. */
export function routes(options: RouteOptions): Router {
  const { world } = options
  const router = new Router()
  for (const endpoint of endpoints) router.get(endpoint.path, serve(endpoint, options))
  for (const { source, path } of probedEndpoints)
    router.get(path, ctx => {
      options.onRequest(source)
      const fault = faultNow(world, source)
      if (fault) serveFault(ctx, fault, world, probedAnswer)
      else ctx.body = 'here\n'
    })

  router.get('/pictures/:name.jpg', async ctx => {
    const picture = await pictureNamed(world, ctx.params.name ?? '')
    if (picture === undefined) return
    ctx.type = 'image/jpeg'
    ctx.body = picture
  })

  const page = (ctx: Context, html: string | undefined): void => {
    if (html === undefined) return
    ctx.type = 'html'
    ctx.body = html
  }
  router.get('/', ctx => page(ctx, indexPage()))
  router.get('/articles/:slug', ctx => page(ctx, articlePage(world, ctx.params.slug ?? '')))
  router.get('/google/incidents/:id', ctx => page(ctx, incidentPage(world, 'google', ctx.params.id ?? '')))
  router.get('/statuspage/:page/incidents/:id', ctx =>
    page(ctx, incidentPage(world, ctx.params.page ?? '', ctx.params.id ?? '')),
  )
  return router
}

/** The source's fault for this request; undefined when it is well. */
function faultNow({ faults }: World, source: string): Fault | undefined {
  const fault = faults.get(source)
  if (fault) fault.timesLeft -= 1
  if (fault?.timesLeft === 0) faults.delete(source)
  return fault
}

const probedAnswer = () => ({ body: Buffer.from('here\n'), contentType: 'text/plain' })

function serve(endpoint: Endpoint, { world, clock, onRequest, onServed }: RouteOptions) {
  const answer = answersOf(endpoint)
  return (ctx: Context): void => {
    if (endpoint.isOfDemo && !world.isDemo) return
    const { source } = endpoint
    onRequest(source)
    const { revision } = world
    ctx.res.once('finish', () => {
      onServed({ source, status: ctx.res.statusCode, revision, at: performance.timeOrigin + performance.now() })
    })
    const now = clock()
    const fault = faultNow(world, source)
    if (fault) {
      serveFault(ctx, fault, world, shown =>
        fault.as === 'old' ? answer.before(shown, now) : endpoint.render(shown, now),
      )
      return
    }

    const { etag, modifiedAt, contentType, encoded } = answer.now(world, now)
    ctx.status = 200
    ctx.set({ ETag: etag, 'Last-Modified': new Date(modifiedAt).toUTCString(), Vary: 'Accept-Encoding' })
    if (endpoint.cacheControl !== null) ctx.set('Cache-Control', endpoint.cacheControl)
    if (ctx.fresh) {
      ctx.status = 304
      return
    }
    const accepted = ctx.acceptsEncodings()
    const coding = codings.find(candidate => accepted.includes(candidate)) ?? 'identity'
    if (coding !== 'identity') ctx.set('Content-Encoding', coding)
    ctx.set('Content-Type', contentType)
    ctx.body = encoded(coding)
  }
}
