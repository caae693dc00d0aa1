import { z } from 'zod'
import { Incident, isEnded } from '../../shared/domain/incident.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import type { IncidentFilter } from './incident-filter.ts'
import { latestEndFirst } from './incidents.ts'

/** Asks this server; rejects when it cannot be reached. */
export type Ask = (address: string) => Promise<Response>

/** Incidents in one answer. */
const PAGE = 50
/** Incidents that the page of a place shows. */
const LATEST = 20
/** A page of incidents that are over, the latest updated first. `next` is null where nothing earlier is kept. */
export type EndedPage = { incidents: Incident[]; next: string | null; keptDays: number }

const Ended = z.object({
  incidents: z.array(z.unknown()),
  next: z.string().nullable(),
  keptDays: z.number().int().positive(),
})
const One = z.object({ incident: Incident })
/** One page of what is over; null where the server cannot be asked. Records that do not pass are left out. */
export async function askForEnded(
  ask: Ask,
  filter: Partial<Pick<IncidentFilter, 'provider' | 'region' | 'kind'>>,
  before: string | null,
  limit = PAGE,
): Promise<EndedPage | null> {
  const wanted = { state: 'ended', limit: String(limit), ...filter, before: before ?? '' }
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== ''))
  const page = Ended.safeParse(await answerTo(ask, `/api/incidents?${query}`))
  if (!page.success) return null
  const incidents = page.data.incidents.flatMap(record => Incident.safeParse(record).data ?? [])
  return { ...page.data, incidents }
}

/** The latest that are over, of a region or a provider; null where the server cannot be asked. */
export const askForLatest = async (
  ask: Ask,
  of: { region: string } | { provider: string },
): Promise<Incident[] | null> => (await askForEnded(ask, of, null, LATEST))?.incidents ?? null

/** These, and what has ended since; `live`: those of the same place. */
export function withEnded(asked: readonly Incident[], live: readonly Incident[]): Incident[] {
  const all = new Map(asked.map(incident => [incident.id, incident]))
  for (const incident of live) if (isEnded(incident)) all.set(incident.id, incident)
  return [...all.values()].sort(latestEndFirst).slice(0, LATEST)
}

/** What became of asking for one: `gone`, it is not kept (any more), `keptDays` null where that is not told either. */
export type Lookup =
  | { kind: 'found'; incident: Incident }
  | { kind: 'gone'; keptDays: number | null }
  | { kind: 'failed' }

export async function askForIncident(ask: Ask, id: RecordId): Promise<Lookup> {
  try {
    const response = await ask(`/api/incidents/${id}`)
    if (response.status === 404) {
      const page = await askForEnded(ask, {}, null, 1)
      return { kind: 'gone', keptDays: page?.keptDays ?? null }
    }
    const one = One.safeParse(response.ok ? await response.json() : null)
    return one.success ? { kind: 'found', incident: one.data.incident } : { kind: 'failed' }
  } catch {
    return { kind: 'failed' }
  }
}

async function answerTo(ask: Ask, address: string): Promise<unknown> {
  try {
    const response = await ask(address)
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}
