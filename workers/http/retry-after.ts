/** A longer `Retry-After` is taken for a mistake. */
export const MAX_RETRY_AFTER_MS = 24 * 3_600_000

/**
 * `Retry-After`, seconds or an HTTP-date → ms from `now` (ms), from 0 to a day; null when it is neither.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
export function retryAfterMs(value: string | null, now: number): number | null {
  if (value === null) return null
  const text = value.trim()
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : httpDate(text) - now
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), MAX_RETRY_AFTER_MS)
}

/** All three forms of an HTTP-date begin with the day's name; the oldest omits GMT. NaN for anything else. */
function httpDate(text: string): number {
  if (text.length > 40 || !/^[A-Z][a-z]{2,8},? /.test(text)) return Number.NaN
  return Date.parse(text.endsWith('GMT') ? text : `${text} GMT`)
}
