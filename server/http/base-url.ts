import type { IncomingMessage, Server } from 'node:http'
import type { Context } from 'koa'

/** The public address of this service, as a request sees it, without a slash at its end. */
export type BaseUrl<T = string> = (ctx: Context) => T

/** @param configured PUBLIC_URL. Unset: the address that the request names; a trusted proxy says whether it is https */
export const baseUrl = (configured: string | undefined, trustedProxies: number): BaseUrl => {
  const known = baseUrlIfKnown(configured, trustedProxies)
  return ctx => known(ctx) ?? ctx.throw(400, 'the Host header is no host name: set PUBLIC_URL where it cannot be')
}

/** The same for callers that can do without: null where the request names no host. */
export const baseUrlIfKnown =
  (configured: string | undefined, trustedProxies: number): BaseUrl<string | null> =>
  ctx => {
    if (configured !== undefined) return configured
    const host = ctx.get('Host')
    if (!/^(?:[a-z0-9.-]{1,253}|\[[0-9a-f:]{2,45}\])(?::\d{1,5})?$/i.test(host)) return null
    const forwarded = trustedProxies > 0 ? ctx.get('X-Forwarded-Proto').split(',').at(-1)?.trim() : undefined
    return `${forwarded === 'https' ? 'https' : ctx.protocol}://${host}`
  }

/** The path in the public address, without a slash at its end: '' or such as '/status'. */
export const basePathOf = (publicUrl: string | undefined): string =>
  publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/$/, '')

/**
 * Takes the base path off the address of every request and upgrade; a proxy in front may have done so. Must be called
 * after all other listeners are attached, and runs before them.
 */
export function serveUnder(basePath: string, http: Server): void {
  if (basePath === '') return
  const strip = (request: IncomingMessage) => {
    request.url = withoutBase(request.url ?? '/', basePath)
  }
  http.prependListener('request', strip).prependListener('upgrade', strip)
}

/** '/status/news' → '/news'; '/status' → '/'. Any other address stays as it is. */
function withoutBase(address: string, basePath: string): string {
  if (!address.startsWith(basePath)) return address
  const rest = address.slice(basePath.length)
  if (rest === '' || rest.startsWith('?')) return `/${rest}`
  return rest.startsWith('/') ? rest : address
}
