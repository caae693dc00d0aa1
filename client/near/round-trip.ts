import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Probe } from '../../shared/domain/probe.ts'
import type { ProbeRow } from '../regions/probes.ts'

/** How long regions take to answer, measured from where the workers run: never from where the reader is. */
export type FirstBytes = {
  /** ms to the first byte; the quickest of a region's endpoints. */
  ms: ReadonlyMap<RegionId, number>
  /** From where it was measured. */
  places: string[]
}

/** Of the probes that reach their endpoint now. */
export function firstBytes(rows: readonly ProbeRow[]): FirstBytes {
  const ms = new Map<RegionId, number>()
  const places = new Set<string>()
  for (const { probe, reach } of rows) {
    if (probe === null || probe.firstByteMs === null || reach !== 'reachable') continue
    const known = ms.get(probe.region)
    ms.set(probe.region, known === undefined ? probe.firstByteMs : Math.min(known, probe.firstByteMs))
    places.add(probe.from)
  }
  return { ms, places: [...places].sort() }
}

/** Asks an address; what it answers cannot be read, only that it did. */
export type Ask = (url: string, request: RequestInit) => Promise<unknown>

/** After the first, which also finds the name and shakes hands. */
const TIMES = 3
/** An endpoint that takes longer counts as not answering, ms. */
const ANSWER_WITHIN = 5_000
/** Endpoints asked at once: more would measure one another. */
const AT_ONCE = 4

/**
 * Round trip from this browser to an endpoint over a connection that is open: the shortest of three, in ms; null where no answer
 * comes. Opaque requests: endpoints need not allow that a page reads what they answer.
 * @see https://fetch.spec.whatwg.org/#concept-request-mode
 */
export async function roundTrip(url: string, ask: Ask, now: () => number): Promise<number | null> {
  let shortest: number | null = null
  try {
    for (let time = 0; time <= TIMES; time++) {
      const since = now()
      await ask(url, {
        mode: 'no-cors',
        cache: 'no-store',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(ANSWER_WITHIN),
      })
      const took = now() - since
      if (time > 0) shortest = Math.min(shortest ?? took, took)
    }
  } catch {
    // what was measured before it fell silent counts
  }
  return shortest
}

/** One endpoint a region that a browser can ask: of the probes, those over http. */
export function endpointsOf(probes: Iterable<Probe>): Map<RegionId, string> {
  const endpoints = new Map<RegionId, string>()
  for (const { region, url } of probes) if (/^https?:/.test(url) && !endpoints.has(region)) endpoints.set(region, url)
  return endpoints
}

/** Asks all of them, a few at a time, and tells each finding (ms, or null) as it comes. */
export async function measureAll(
  endpoints: ReadonlyMap<RegionId, string>,
  measure: (url: string) => Promise<number | null>,
  tell: (region: RegionId, ms: number | null) => void,
): Promise<void> {
  const waiting = [...endpoints]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) tell(next[0], await measure(next[1]))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}
