/**
 * How long an answer stays good from now on, in ms: its `max-age` less the `Age` that it already has.
 * Null when it does not say, or says that it must not be kept.
 * @see https://www.rfc-editor.org/rfc/rfc9111#name-calculating-freshness-lifet
 */
export function remainingLifetimeMs(cacheControl: string | null, age: string | null): number | null {
  let maxAge: number | null = null
  for (const directive of (cacheControl ?? '').toLowerCase().split(',')) {
    const [name = '', value = ''] = directive.split('=', 2).map(part => part.trim())
    if (name === 'no-store' || name === 'no-cache') return null
    if (name === 'max-age') maxAge ??= seconds(value.replaceAll('"', ''))
  }
  return maxAge === null ? null : Math.max(0, maxAge - (seconds(age ?? '') ?? 0)) * 1000
}

/** Ten digits are three centuries; more is no answer. */
const seconds = (text: string): number | null => (/^\d{1,10}$/.test(text) ? Number(text) : null)
