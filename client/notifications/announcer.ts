import { type Incident, isEnded } from '../../shared/domain/incident.ts'
import { whereText } from '../incidents/incidents.ts'
import type { Catalogue } from '../live/catalogue.ts'
import type { Words } from '../words/en/page.ts'

export type AnnouncerDeps = {
  say: (text: string) => void
  /** ms since the epoch */
  now: () => number
  later: (run: () => void, ms: number) => void
  words: () => Words
}

/** The least time between two announcements, in ms: a screen reader must have read the last one. */
export const QUIET_BETWEEN = 10_000
const MOST_AT_ONCE = 2

/** Reads new lines aloud through `say`, at most once in ten seconds; what comes too thick is counted, not read. */
export function announcer(deps: AnnouncerDeps) {
  let waiting: string[] = []
  let quietUntil = 0
  let scheduled = false

  const speak = () => {
    scheduled = false
    if (waiting.length === 0) return
    const read = waiting.slice(0, MOST_AT_ONCE)
    const rest = waiting.length - read.length
    waiting = []
    quietUntil = deps.now() + QUIET_BETWEEN
    const { lists, ticker } = deps.words()
    deps.say(lists.sentences(rest > 0 ? [...read, ticker.moreChanges(rest)] : read))
  }

  return (line: string) => {
    waiting.push(line)
    if (scheduled) return
    scheduled = true
    deps.later(speak, Math.max(0, quietUntil - deps.now()))
  }
}

/** An incident as it is read aloud when it opens or ends. */
export function spokenLine(incident: Incident, catalogue: Catalogue, words: Words): string {
  const where = whereText(incident, catalogue, words)
  return isEnded(incident)
    ? words.ticker.spokenEnded({ where, stage: words.states.stage[incident.status], title: incident.title })
    : words.ticker.spokenOpened(where, incident.title)
}
