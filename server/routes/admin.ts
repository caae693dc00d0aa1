import Router from '@koa/router'
import type { Middleware } from 'koa'
import { bearerToken, clientAddress, type MinuteLimit, sameSecret } from '../admission.ts'
import type { Current } from '../current.ts'
import { type NoticeRoutesDeps, noticeRoutes } from './notices.ts'

export type AdminDeps = NoticeRoutesDeps & {
  current: Current
  /** Unset: these routes do not exist. */
  adminToken: string | undefined
  /** Counts wrong tokens of an address, so that none can be guessed. */
  wrongTokens: MinuteLimit
  trustedProxies: number
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
  return router
}

const admitted =
  ({ adminToken, wrongTokens, trustedProxies }: AdminDeps): Middleware =>
  async (ctx, next) => {
    if (adminToken === undefined) return ctx.throw(404, `there is no ${ctx.path.slice(0, 80)}`)
    const given = bearerToken(ctx.get('Authorization'))
    if (given === null || !sameSecret(given, adminToken)) {
      const wrong = wrongTokens(clientAddress(ctx.req, trustedProxies))
      if (!wrong.ok) return ctx.throw(429, wrong.error)
      ctx.set('WWW-Authenticate', 'Bearer')
      return ctx.throw(401, 'this needs the admin token: Authorization: Bearer …')
    }
    await next()
  }
