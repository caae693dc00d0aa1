import type { Incident } from '../../shared/domain/incident.ts'
import { type Ask, askForEnded } from './incident-archive.ts'
import type { IncidentFilter } from './incident-filter.ts'

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
