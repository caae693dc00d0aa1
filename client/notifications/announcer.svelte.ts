import type { Event } from '../../shared/domain/events.ts'
import { type Incident, isEnded } from '../../shared/domain/incident.ts'
import { whereText } from '../incidents/incidents.ts'
import type { Catalogue } from '../live/catalogue.ts'
import type { FirstWords } from '../words/en/first.ts'

/** The text of the page's live region: incidents that open or end, at a pace that a screen reader can follow. */
export function announcerState(now: () => number, words: () => FirstWords) {
  let text = $state('')
  const say = (line: string) => {
    text = line
  }
  const announce = announcementQueue({ say, now, later: (run, ms) => setTimeout(run, ms), words })
  return {
    get text() {
      return text
    },
    /** @param isListed whether the page tells of an incident: where a stack is chosen, only of what concerns it */
    announceEvents(events: readonly Event[], catalogue: Catalogue, isListed: (incident: Incident) => boolean) {
      for (const event of events)
        if ((event.type === 'incident.opened' || event.type === 'incident.resolved') && isListed(event.data))
          announce(announcementOf(event.data, catalogue, words()))
    },
  }
}

export type AnnouncementQueueDeps = {
  say: (text: string) => void
  /** ms since the epoch */
  now: () => number
  later: (run: () => void, ms: number) => void
  words: () => FirstWords
}

/** A screen reader needs this long to read an announcement. */
export const ANNOUNCEMENT_INTERVAL_MS = 10_000
const MAX_LINES = 2

/** Collects lines and says them once per interval; lines beyond the first two are counted. */
export function announcementQueue(deps: AnnouncementQueueDeps) {
  let waiting: string[] = []
  let quietUntil = 0
  let isScheduled = false

  const flush = () => {
    isScheduled = false
    if (waiting.length === 0) return
    const lines = waiting.slice(0, MAX_LINES)
    const rest = waiting.length - lines.length
    waiting = []
    quietUntil = deps.now() + ANNOUNCEMENT_INTERVAL_MS
    const { lists, ticker } = deps.words()
    deps.say(lists.sentences(rest > 0 ? [...lines, ticker.moreChanges(rest)] : lines))
  }

  return (line: string) => {
    waiting.push(line)
    if (isScheduled) return
    isScheduled = true
    deps.later(flush, Math.max(0, quietUntil - deps.now()))
  }
}

export function announcementOf(incident: Incident, catalogue: Catalogue, words: FirstWords): string {
  const where = whereText(incident, catalogue, words)
  return isEnded(incident)
    ? words.ticker.spokenEnded({ where, stage: words.states.stage[incident.status], title: incident.title })
    : words.ticker.spokenOpened(where, incident.title)
}
