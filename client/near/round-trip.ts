import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Probe } from '../../shared/domain/probe.ts'
import type { ProbeRow } from '../regions/probes.ts'

/** Times to the first byte, measured by the workers: never from the reader's place. */
export type FirstBytes = {
  /** The fastest endpoint of each region, ms. */
  ms: ReadonlyMap<RegionId, number>
  places: string[]
}

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

/** Requests an address. The answer is opaque: only its arrival counts. */
export type Request = (url: string, options: RequestInit) => Promise<unknown>

/** Measurements after the first request, which also resolves the name and shakes hands. */
const MEASUREMENTS = 3
const ANSWER_TIMEOUT_MS = 5_000
/** More endpoints at once would disturb each other. */
const MAX_PARALLEL = 4

/**
 * Round trip from this browser to an endpoint over an open connection: the shortest of three, in ms; null without an
 * answer. The requests are opaque, so endpoints need no CORS headers.
 * @see https://fetch.spec.whatwg.org/#concept-request-mode
 */
export async function roundTrip(url: string, request: Request, now: () => number): Promise<number | null> {
  let shortest: number | null = null
  try {
    for (let measurement = 0; measurement <= MEASUREMENTS; measurement++) {
      const since = now()
      await request(url, {
        mode: 'no-cors',
        cache: 'no-store',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      })
      const took = now() - since
      if (measurement > 0) shortest = Math.min(shortest ?? took, took)
    }
  } catch {
    // measurements before the failure count
  }
  return shortest
}

/** One endpoint a region that a browser can request: probes over HTTP. */
export function endpointsOf(probes: Iterable<Probe>): Map<RegionId, string> {
  const endpoints = new Map<RegionId, string>()
  for (const { region, url } of probes) if (/^https?:/.test(url) && !endpoints.has(region)) endpoints.set(region, url)
  return endpoints
}

/** Measures all endpoints, a few at a time. `report` gets each result (ms, or null) as it arrives. */
export async function measureAll(
  endpoints: ReadonlyMap<RegionId, string>,
  measure: (url: string) => Promise<number | null>,
  report: (region: RegionId, ms: number | null) => void,
): Promise<void> {
  const waiting = [...endpoints]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) report(next[0], await measure(next[1]))
  }
  await Promise.all(Array.from({ length: MAX_PARALLEL }, work))
}
