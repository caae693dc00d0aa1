import { z } from 'zod'
import { EventDraft, EventId, ORIGIN } from '../../shared/domain/events.ts'
import { Incident } from '../../shared/domain/incident.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import type { IncidentFilter } from './incident-filter.ts'

/** Asks this server; rejects when it cannot be reached. */
export type Ask = (address: string) => Promise<Response>

/** Incidents in one answer. */
const PAGE = 50
/**
 * Answers with events that are read through, each of which looks at 10,000: the past of a busy office is longer, and then it is
 * not worth the server's time.
 */
const MOST_EVENT_PAGES = 2

/** A page of incidents that are over, the latest updated first. `next` is null where nothing earlier is kept. */
export type EndedPage = { incidents: Incident[]; next: string | null; keptDays: number }

const Ended = z.object({
  incidents: z.array(z.unknown()),
  next: z.string().nullable(),
  keptDays: z.number().int().positive(),
})
const One = z.object({ incident: Incident })
const Events = z.object({
  reset: z.string().nullable(),
  events: z.array(z.unknown()),
  next: EventId,
  more: z.boolean(),
})

/** One page of what is over; null where the server cannot be asked. Records that do not pass are left out. */
export async function askForEnded(
  ask: Ask,
  filter: Pick<IncidentFilter, 'provider' | 'region' | 'kind'>,
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

/** What became of asking for one: `gone`, it is not kept (any more), `keptDays` null where that is not told either. */
export type Lookup =
  | { kind: 'found'; incident: Incident }
  | { kind: 'gone'; keptDays: number | null }
  | { kind: 'failed' }

export async function askForIncident(ask: Ask, id: RecordId): Promise<Lookup> {
  try {
    const response = await ask(`/api/incidents/${id}`)
    if (response.status === 404) {
      const page = await askForEnded(ask, { provider: '', region: '', kind: '' }, null, 1)
      return { kind: 'gone', keptDays: page?.keptDays ?? null }
    }
    const one = One.safeParse(response.ok ? await response.json() : null)
    return one.success ? { kind: 'found', incident: one.data.incident } : { kind: 'failed' }
  } catch {
    return { kind: 'failed' }
  }
}

/** The records that an incident's events carried, oldest first; none where the stream no longer begins before them. */
export async function askForVersions(ask: Ask, id: RecordId): Promise<Incident[]> {
  const versions: Incident[] = []
  let since = ORIGIN
  for (let page = 0; page < MOST_EVENT_PAGES; page++) {
    const query = new URLSearchParams({ channels: `incident/${id}`, since, limit: '500' })
    const answer = Events.safeParse(await answerTo(ask, `/api/events?${query}`))
    if (!answer.success || answer.data.reset !== null) return []
    for (const event of answer.data.events) {
      const draft = EventDraft.safeParse(event)
      if (draft.success && 'updates' in draft.data.data) versions.push(draft.data.data)
    }
    if (!answer.data.more) return versions
    since = answer.data.next
  }
  return []
}

async function answerTo(ask: Ask, address: string): Promise<unknown> {
  try {
    const response = await ask(address)
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}
