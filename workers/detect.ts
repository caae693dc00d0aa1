import { fail, ok, type Result } from '../shared/domain/result.ts'
import type { WireFormat } from '../shared/domain/source.ts'
import { type Asked, ask } from './ask.ts'
import { candidatesOf } from './detect/candidates.ts'
import { guessProvider } from './detect/provider-guess.ts'
import { judge, tell } from './detect/verdict.ts'
import type { Http } from './http.ts'
import type { PlaceMatcher } from './sources/places.ts'
import type { Reader } from './sources/reader.ts'

export type DetectDeps = {
  http: Http
  readers: Readonly<Record<WireFormat, Reader>>
  places: PlaceMatcher
  /** The providers of the catalogue. */
  providers: ReadonlySet<string>
  /** ms since the epoch */
  now: number
}

/** For all requests together, in ms: they wait for each other. */
const TIMEOUT_MS = 20_000
const ACCEPT = 'application/json, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5'

/**
 * Which format an address has, found by trying: every format that may be there is asked for at once, and the first in order of
 * precedence that can be read wins. In words for a person; a failure has a line a format that says why it is not that one.
 * @param url a web address, whole
 */
export async function detect(url: string, deps: DetectDeps): Promise<Result<string>> {
  const { http, readers, providers, ...context } = deps
  const asked = new Map<string, Promise<Asked>>()
  const tries = candidatesOf(url, readers, guessProvider(url, providers)).map(candidate => {
    const address = candidate.reader.address(url)
    const also = candidate.reader.also?.(url)
    const key = `${address} ${also}`
    const request = { url: address, accept: ACCEPT, timeoutMs: TIMEOUT_MS, etag: null, lastModified: null }
    const answer = asked.get(key) ?? ask(request, also, http)
    asked.set(key, answer)
    return { candidate, address, answer }
  })

  const reasons: string[] = []
  for (const { candidate, address, answer } of tries) {
    const read = await judge(candidate, await answer, context)
    if (read.ok) return ok(tell(candidate, read.value))
    reasons.push(`  ${candidate.reader.kind} at ${address}: ${read.error}`)
  }
  return fail(`${url} has no format that can be read:\n${reasons.join('\n')}`)
}
