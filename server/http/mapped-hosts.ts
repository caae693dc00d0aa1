import type { Context, Middleware } from 'koa'

/** Hosts that are a status page of their own → the page's path below `/statuspage/`: `azure`, `stack/shop`. */
export type MappedHosts = ReadonlyMap<string, string>

/** What a client of Statuspage asks of a page's host. Every other path is as on any host. */
const pagePath = /^\/(?:$|api\/v2\/|history\.(?:atom|rss)$|embed\/(?:frame|script\.js)$)/

/** On a mapped host the paths of Statuspage are those of its page. Runs before all that looks at a path. */
export function mapHosts(hosts: MappedHosts): Middleware {
  return async (ctx, next) => {
    const page = hosts.get(ctx.host.toLowerCase()) ?? hosts.get(ctx.hostname.toLowerCase())
    if (page !== undefined && pagePath.test(ctx.path)) ctx.path = `/statuspage/${page}${ctx.path.replace(/^\/$/, '')}`
    await next()
  }
}

/** Whether a request has come over a mapped host: nothing else changes a path. */
export const isMapped = (ctx: Context): boolean => ctx.url !== ctx.originalUrl
