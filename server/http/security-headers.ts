import type { Context, Middleware } from 'koa'
import type { View } from '../../shared/domain/view.ts'

/**
 * Nothing from elsewhere runs, loads or frames a document. `connect-src 'self'` covers the websocket. Only Svelte's
 * templates make markup, and only two addresses are loaded as code beside the document's scripts: those of the service
 * worker and of the worker that reads a reader's files.
 * @param measured origins to which browsers may measure their distance
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
 */
export const contentPolicy = (measured: readonly string[] = []): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...measured].join(' ')}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types svelte-trusted-html nephoscope-worker nephoscope-import',
  ].join('; ')

export const protective = {
  'Content-Security-Policy': contentPolicy(),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(self), microphone=(), payment=(), usb=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

/** A year, and this host alone: others of its domain may be without TLS. */
const TRANSPORT_SECURITY = 'max-age=31536000'

/**
 * @param isOverTls whether a browser reaches this host over TLS and should from then on reach it by nothing else
 * @see https://www.rfc-editor.org/rfc/rfc6797
 */
export const securityHeaders =
  (isOverTls: (ctx: Context) => boolean): Middleware =>
  async (ctx, next) => {
    ctx.set(protective)
    if (isOverTls(ctx)) ctx.set('Strict-Transport-Security', TRANSPORT_SECURITY)
    await next()
  }

/** Browsers and proxies take headers of 8 KB, so further origins are not measured. */
const MAX_ORIGINS = 100

/**
 * The probed origins that browsers may measure; none unless the sources file says `roundTrips: true`, nor where a document
 * is given to whoever asks while reading takes a token.
 */
export function measuredOrigins(
  { settings, probes }: Pick<View, 'settings' | 'probes'>,
  { isGuarded }: { isGuarded: boolean },
): string[] {
  if (!settings.roundTrips || isGuarded) return []
  const origins = new Set<string>()
  for (const { url } of probes.values()) if (/^https?:/.test(url)) origins.add(new URL(url).origin)
  return [...origins].slice(0, MAX_ORIGINS)
}
