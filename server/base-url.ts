import type { Context } from 'koa'

/** The address under which whoever asks finds this server, without a slash at its end. */
export type BaseUrl<T = string> = (ctx: Context) => T

/**
 * @param configured the address of the whole service, where the office told it; else what the request says of itself is
 * taken, and of a proxy's word only when there is one to believe
 */
export const baseUrl = (configured: string | undefined, trustedProxies: number): BaseUrl => {
  const known = baseUrlIfKnown(configured, trustedProxies)
  return ctx => known(ctx) ?? ctx.throw(400, 'the Host header is no host name: set PUBLIC_URL where it cannot be')
}

/** The same for what can do without: null where the request names no host. */
export const baseUrlIfKnown =
  (configured: string | undefined, trustedProxies: number): BaseUrl<string | null> =>
  ctx => {
    if (configured !== undefined) return configured
    const host = ctx.get('Host')
    if (!/^(?:[a-z0-9.-]{1,253}|\[[0-9a-f:]{2,45}\])(?::\d{1,5})?$/i.test(host)) return null
    const forwarded = trustedProxies > 0 ? ctx.get('X-Forwarded-Proto').split(',').at(-1)?.trim() : undefined
    return `${forwarded === 'https' ? 'https' : ctx.protocol}://${host}`
  }
