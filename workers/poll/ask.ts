import type { Answer } from '../formats/reader.ts'
import type { Http, HttpOutcome, HttpRequest } from '../http/http.ts'

/** What became of a question: the outcome of the first address, which carries the answer of the second where there is one. */
export type Asked = HttpOutcome & { also?: Answer }

/**
 * Fetches a document, and the second one without which it cannot be read. The two belong together: both are fetched whole,
 * whatever is known of the first, and where one fails all has failed. The slower of the two says how long it took.
 */
export async function ask(request: HttpRequest, also: string | undefined, http: Http): Promise<Asked> {
  if (also === undefined) return http.get(request)
  const whole = { ...request, etag: null, lastModified: null }
  const [first, second] = await Promise.all([http.get(whole), http.get({ ...whole, url: also })])
  const latencyMs = slower(first.latencyMs, second.latencyMs)
  if (first.kind !== 'fresh') return { ...first, latencyMs }
  return second.kind === 'fresh' ? { ...first, also: second, latencyMs } : { ...second, latencyMs }
}

const slower = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b)
