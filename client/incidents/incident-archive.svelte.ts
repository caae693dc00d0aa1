import { z } from 'zod'
import { Handling } from '../../shared/domain/handling.ts'
import { Incident, isEnded } from '../../shared/domain/incident.ts'
import { groupBy } from '../../shared/domain/order.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import type { Ask } from '../live/answer-to.ts'
import { answerTo } from '../live/answer-to.ts'
import { dayName, dayOf, type When, type ZoneDay } from '../ui/time.ts'
import type { IncidentFilter } from './incident-filter.ts'
import { endOf, latestEndFirst } from './incidents.ts'

const PAGE_SIZE = 50
const LATEST_COUNT = 20

/** A page of ended incidents, the latest updated first. `next` is null on the last page. */
export type EndedPage = { incidents: Incident[]; next: string | null; keptDays: number }

const EndedAnswer = z.object({
  incidents: z.array(z.unknown()),
  next: z.string().nullable(),
  keptDays: z.number().int().positive(),
})
const IncidentAnswer = z.object({ incident: Incident, handling: Handling.nullable().default(null) })

/** One page of the archive; null where the server gives none. Invalid records are left out. */
export async function askForEnded(
  ask: Ask,
  filter: Partial<Pick<IncidentFilter, 'provider' | 'region' | 'kind'> & Record<'from' | 'until', string>>,
  before: string | null,
  limit = PAGE_SIZE,
): Promise<EndedPage | null> {
  const parameters = { state: 'ended', limit: String(limit), ...filter, before: before ?? '' }
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== ''))
  const page = EndedAnswer.safeParse(await answerTo(ask, `/api/incidents?${query}`))
  if (!page.success) return null
  const incidents = page.data.incidents.flatMap(record => Incident.safeParse(record).data ?? [])
  return { ...page.data, incidents }
}

/** The latest ended incidents of a region or provider; null where the server gives none. */
export const askForLatest = async (
  ask: Ask,
  of: { region: string } | { provider: string },
): Promise<Incident[] | null> => (await askForEnded(ask, of, null, LATEST_COUNT))?.incidents ?? null

/** The archive's answer with the incidents that ended since. `live`: the current ones of the same place. */
export function withEnded(archived: readonly Incident[], live: readonly Incident[]): Incident[] {
  const all = new Map(archived.map(incident => [incident.id, incident]))
  for (const incident of live) if (isEnded(incident)) all.set(incident.id, incident)
  return [...all.values()].sort(latestEndFirst).slice(0, LATEST_COUNT)
}

/** `gone`: the incident is not kept, or not any more. `keptDays` is null where the server does not say. */
export type Lookup =
  | { kind: 'found'; incident: Incident; handling: Handling | null }
  | { kind: 'gone'; keptDays: number | null }
  | { kind: 'failed' }

export async function askForIncident(ask: Ask, id: RecordId): Promise<Lookup> {
  try {
    const response = await ask(`/api/incidents/${id}`)
    if (response.status === 404) {
      const page = await askForEnded(ask, {}, null, 1)
      return { kind: 'gone', keptDays: page?.keptDays ?? null }
    }
    const answer = IncidentAnswer.safeParse(response.ok ? await response.json() : null)
    return answer.success ? { kind: 'found', ...answer.data } : { kind: 'failed' }
  } catch {
    return { kind: 'failed' }
  }
}

/** The newest ended incidents. `isWhole`: they are all that is kept since then. */
export type EndedSince = { incidents: Incident[]; keptDays: number; isWhole: boolean }

const LARGE_PAGE = 200

/** The ended incidents that were updated since an instant, at most `most`; null where the server gives none. */
export async function askForEndedSince(ask: Ask, since: string, most: number): Promise<EndedSince | null> {
  const incidents: Incident[] = []
  let before: string | null = null
  for (;;) {
    const page: EndedPage | null = await askForEnded(ask, {}, before, LARGE_PAGE)
    if (page === null) return null
    incidents.push(...page.incidents.filter(({ updatedAt }) => updatedAt >= since))
    before = page.next
    const isPast = page.incidents.some(({ updatedAt }) => updatedAt < since)
    const isWhole = before === null || isPast
    if (isWhole || incidents.length >= most) return { incidents, keptDays: page.keptDays, isWhole }
  }
}

export type EndedDay = { day: ZoneDay; name: string; incidents: Incident[] }

export function endedDays(incidents: Iterable<Incident>, { zone, words }: Pick<When, 'zone' | 'words'>): EndedDay[] {
  const ended = [...incidents].filter(isEnded).sort(latestEndFirst)
  return [...groupBy(ended, incident => dayOf(Date.parse(endOf(incident)), zone))].map(([day, incidents]) => ({
    day,
    name: dayName(day, words.locale, 'long'),
    incidents,
  }))
}

type Query = Pick<IncidentFilter, 'provider' | 'region' | 'kind'>

export type PastPhase = 'loading' | 'idle' | 'failed' | 'complete'

export type PastIncidents = ReturnType<typeof pastIncidents>

/** Ended incidents, loaded from the server page by page as the reader scrolls back in time. */
export function pastIncidents(ask: Ask) {
  let loaded = $state.raw<readonly Incident[]>([])
  let phase = $state<PastPhase>('loading')
  let keptDays = $state<number | null>(null)
  let query: Query = { provider: '', region: '', kind: '' }
  let next: string | null = null
  /** Answers to an earlier query are dropped. */
  let requests = 0

  async function load(): Promise<void> {
    const request = ++requests
    phase = 'loading'
    const page = await askForEnded(ask, query, next)
    if (request !== requests) return
    if (page === null) {
      phase = 'failed'
      return
    }
    loaded = [...loaded, ...page.incidents]
    next = page.next
    keptDays = page.keptDays
    phase = next === null ? 'complete' : 'idle'
  }

  return {
    get loaded() {
      return loaded
    },
    get phase() {
      return phase
    },
    get keptDays() {
      return keptDays
    },
    start(filter: Query): Promise<void> {
      query = filter
      next = null
      loaded = []
      return load()
    },
    /** Loads the next page, unless one is being loaded or there is none. */
    async loadEarlier(): Promise<void> {
      if (phase === 'idle' || phase === 'failed') await load()
    },
  }
}
