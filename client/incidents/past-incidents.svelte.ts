import { type Incident, isEnded } from '../../shared/domain/incident.ts'
import { groupBy } from '../../shared/domain/order.ts'
import { dayName, dayOf, type When, type ZoneDay } from '../ui/time.ts'
import { type Ask, askForEnded } from './incident-archive.ts'
import type { IncidentFilter } from './incident-filter.ts'
import { endOf, latestEndFirst } from './incidents.ts'

/** What ended on a day, the latest first. */
export type EndedDay = { day: ZoneDay; name: string; incidents: Incident[] }

/** What is over, by the day on which it ended in the chosen zone, the latest first. */
export function endedDays(incidents: Iterable<Incident>, { zone, words }: Pick<When, 'zone' | 'words'>): EndedDay[] {
  const ended = [...incidents].filter(isEnded).sort(latestEndFirst)
  return [...groupBy(ended, incident => dayOf(Date.parse(endOf(incident)), zone))].map(([day, incidents]) => ({
    day,
    name: dayName(day, words.locale, 'long'),
    incidents,
  }))
}

type Wanted = Pick<IncidentFilter, 'provider' | 'region' | 'kind'>

/** `whole`: nothing earlier is kept. */
export type PastPhase = 'loading' | 'idle' | 'failed' | 'whole'

export type PastIncidents = ReturnType<typeof pastIncidents>

/** What is over, read from the server page by page as somebody goes back in time. */
export function pastIncidents(ask: Ask) {
  let read = $state.raw<readonly Incident[]>([])
  let phase = $state<PastPhase>('loading')
  let keptDays = $state<number | null>(null)
  let wanted: Wanted = { provider: '', region: '', kind: '' }
  let next: string | null = null
  /** An answer to what is no longer wanted is thrown away. */
  let question = 0

  async function load(): Promise<void> {
    const asked = ++question
    phase = 'loading'
    const page = await askForEnded(ask, wanted, next)
    if (asked !== question) return
    if (page === null) {
      phase = 'failed'
      return
    }
    read = [...read, ...page.incidents]
    next = page.next
    keptDays = page.keptDays
    phase = next === null ? 'whole' : 'idle'
  }

  return {
    get read() {
      return read
    },
    get phase() {
      return phase
    },
    /** How many days they are kept; null until the server has told. */
    get keptDays() {
      return keptDays
    },
    /** Begins anew with the latest. */
    start(filter: Wanted): Promise<void> {
      wanted = filter
      next = null
      read = []
      return load()
    },
    /** Reads the next page; nothing where one is being read or there is none. */
    async earlier(): Promise<void> {
      if (phase === 'idle' || phase === 'failed') await load()
    },
  }
}
