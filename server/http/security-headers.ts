import type { Middleware } from 'koa'
import type { View } from '../../shared/domain/view.ts'

/**
 * What a document may do: nothing from elsewhere runs, loads, frames or is sent to, but for what the office lets browsers measure.
 * `connect-src 'self'` covers the websocket of the same origin. Markup is made by Svelte's templates alone, and code is loaded from one
 * address beside the document's scripts.
 * @param measured origins that browsers may ask how far away they are
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
    'trusted-types svelte-trusted-html nephoscope-worker',
  ].join('; ')

/** The headers that every answer carries. */
export const protective = {
  'Content-Security-Policy': contentPolicy(),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(self), microphone=(), payment=(), usb=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

export const securityHeaders: Middleware = async (ctx, next) => {
  ctx.set(protective)
  await next()
}

/** Browsers and proxies take headers of 8 KB; origins beyond these many are not measured. */
const MOST = 100

/** The origins of the probed endpoints that browsers may ask themselves; none where the sources file does not say `roundTrips: true`. */
export function measuredOrigins({ office, probes }: Pick<View, 'office' | 'probes'>): string[] {
  if (!office.roundTrips) return []
  const origins = new Set<string>()
  for (const { url } of probes.values()) if (/^https?:/.test(url)) origins.add(new URL(url).origin)
  return [...origins].slice(0, MOST)
}
