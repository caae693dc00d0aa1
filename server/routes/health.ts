import Router from '@koa/router'
import type { Registry } from 'prom-client'

/** `GET /healthz` (the process lives), `/readyz` (503 until the view is loaded and Redis answers), `/metrics`. */
export function probeRoutes(deps: { ready: () => boolean; metrics: Registry }): Router {
  const router = new Router()
  router.get('/healthz', ctx => {
    ctx.body = { alive: true }
  })
  router.get('/readyz', ctx => {
    const ready = deps.ready()
    ctx.status = ready ? 200 : 503
    ctx.body = { ready }
  })
  router.get('/metrics', async ctx => {
    ctx.type = deps.metrics.contentType
    ctx.body = await deps.metrics.metrics()
  })
  return router
}
