import Router from '@koa/router'
import { type BadgeRoutesDeps, badgeRoutes } from './badges.ts'
import { type FeedRoutesDeps, feedRoutes } from './feeds.ts'
import { type StatuspageRoutesDeps, statuspageRoutes } from './statuspage.ts'

/** What other sites and programs show of us, each in a format that they know already. */
export function outwardRoutes(deps: FeedRoutesDeps & BadgeRoutesDeps & StatuspageRoutesDeps): Router {
  const router = new Router({ sensitive: true })
  feedRoutes(router, deps)
  badgeRoutes(router, deps)
  statuspageRoutes(router, deps)
  return router
}
