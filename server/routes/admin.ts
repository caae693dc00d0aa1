import Router from '@koa/router'
import type { Middleware } from 'koa'
import { demandToken, type WrongTokens } from '../http/admission.ts'
import type { Current } from '../live/current.ts'
import { type NoticeRoutesDeps, noticeRoutes } from './notices.ts'
import { type ScreenRoutesDeps, screenRoutes } from './screens.ts'

export type AdminDeps = NoticeRoutesDeps &
  ScreenRoutesDeps & {
    current: Current
    /** Unset: these routes do not exist. */
    adminToken: string | undefined
    wrongTokens: WrongTokens
    /** Makes a source due at once. */
    pollNow(source: string): Promise<void>
  }

/** What needs `Authorization: Bearer $ADMIN_TOKEN`. */
export function adminRoutes(deps: AdminDeps): Router {
  const router = new Router({ prefix: '/api' })
  router.post('/sources/:id/poll', admitted(deps), async ctx => {
    const id = String(ctx.params.id)
    if (!deps.current.view.sources.has(id))
      ctx.throw(404, `there is no source '${id.slice(0, 64)}': GET /api/sources lists them`)
    await deps.pollNow(id)
    ctx.status = 202
    ctx.body = { id, due: 'now' }
  })
  noticeRoutes(router, admitted(deps), deps)
  screenRoutes(router, admitted(deps), deps)
  return router
}

const admitted =
  ({ adminToken, wrongTokens }: AdminDeps): Middleware =>
  async (ctx, next) => {
    if (adminToken === undefined) return ctx.throw(404, `there is no ${ctx.path.slice(0, 80)}`)
    demandToken(ctx, [adminToken], wrongTokens, 'this needs the admin token: Authorization: Bearer …')
    await next()
  }
