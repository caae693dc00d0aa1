import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import Router from '@koa/router'
import type { Redis } from 'ioredis'
import type { Context, Middleware } from 'koa'
import { queueNames, queuePrefix } from '../../shared/redis/keys.ts'
import { escapeMarkup } from '../outward/markup.ts'

/** Bull-board's page makes elements with styles of their own, and names its base. Nothing comes from elsewhere. */
const boardPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export type Board = { serve: Middleware; close(): Promise<void> }

/**
 * Bull-board on our queues, to look at. It is loaded when somebody looks first, and only what reads is mounted: the
 * timetable makes every source due again by itself, so there is nothing that a person should do to a job.
 * @see https://github.com/felixmosh/bull-board
 */
export async function openBoard(redis: Redis, basePath: string): Promise<Board> {
  const [{ createBullBoard }, { BullMQAdapter }, { Queue }] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('bullmq'),
  ])
  // without the last, looking would write
  const options = { connection: redis, prefix: queuePrefix, skipMetasUpdate: true }
  const queues = queueNames.map(name => new Queue(name, options))
  const router = new Router()
  const adapter = koaAdapter(router, `${basePath}/queues`)
  createBullBoard({
    queues: queues.map(queue => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Nephoscope: queues' } },
  })
  const routes = await adapter.finish()
  return {
    serve: async (ctx, next) => {
      ctx.set('Content-Security-Policy', boardPolicy)
      ctx.set('Cache-Control', 'no-store')
      await routes(ctx, next)
    },
    async close() {
      await Promise.all(queues.map(queue => queue.close()))
    },
  }
}

type Adapter = Parameters<typeof import('@bull-board/api').createBullBoard>[0]['serverAdapter']
type Part<Name extends keyof Adapter> = Parameters<Adapter[Name]>

/** Bull-board's own adapter for Koa brings a template engine, a body parser and two more servers of files. */
function koaAdapter(router: Router, base: string): Adapter & { finish(): Promise<Middleware> } {
  let queues: Part<'setQueues'>[0] = new Map()
  let uiConfig: Part<'setUIConfig'>[0] = {}
  let views = ''
  let statics: Part<'setStaticPath'> = ['', '']
  let entry: Part<'setEntryRoute'>[0] | undefined
  let onError: Part<'setErrorHandler'>[0] | undefined
  let api: Part<'setApiRoutes'>[0] = []
  const set =
    <A extends unknown[]>(take: (...values: A) => void) =>
    (...values: A) => {
      take(...values)
      return adapter
    }

  async function answer(ctx: Context, route: (typeof api)[number]): Promise<void> {
    const { params, query, headers } = { params: ctx.params, query: ctx.query, headers: {} }
    const { status = 200, body } = await Promise.resolve(
      route.handler({ queues, uiConfig, params, query, body: {}, headers }),
    ).catch(error => {
      if (onError === undefined) throw error
      return onError(error)
    })
    ctx.status = status
    ctx.body = body
  }

  const adapter: Adapter & { finish(): Promise<Middleware> } = {
    setQueues: set(value => (queues = value)),
    setUIConfig: set(value => (uiConfig = value)),
    setViewsPath: set(value => (views = value)),
    setStaticPath: set((...value) => (statics = value)),
    setEntryRoute: set(value => (entry = value)),
    setErrorHandler: set(value => (onError = value)),
    setApiRoutes: set(value => (api = value)),
    async finish() {
      const [route, folder] = statics
      const files = new Set(await readdir(folder, { recursive: true }))
      router.get(`/queues${route}/*file`, ctx => sendFile(ctx, folder, files))
      for (const one of api)
        if ([one.method].flat().includes('get'))
          for (const at of [one.route].flat()) router.get(`/queues${at}`, ctx => answer(ctx, one))
      if (entry === undefined) throw new Error('bull-board has named no page')
      const { name, params } = entry.handler({ basePath: base, uiConfig })
      const page = filled(await readFile(path.join(views, name), 'utf8'), params)
      for (const at of ['', ...[entry.route].flat()])
        router.get(`/queues${at}`, ctx => {
          ctx.type = 'html'
          ctx.body = page
        })
      return router.routes() as Middleware // the router's own type of a context adds to Koa's
    },
  }
  return adapter
}

/** Bull-board's page with its values. Without its fonts: no browser of a reader asks another site for anything. */
const filled = (template: string, values: Record<string, string>): string =>
  template
    .replace(/<link href="https:\/\/fonts\.[^<>]*>/, '')
    .replace(/<%([=-]) (\w+) %>/g, (_, how, name) =>
      how === '-' ? (values[name] ?? '') : escapeMarkup(values[name] ?? ''),
    )

function sendFile(ctx: Context, folder: string, files: ReadonlySet<string>): void {
  const name = String(ctx.params.file)
  if (!files.has(name) || !path.extname(name)) return
  ctx.set('Cache-Control', 'private, max-age=3600')
  ctx.type = path.extname(name)
  ctx.body = createReadStream(path.join(folder, name))
}
