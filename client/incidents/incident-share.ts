import { type Incident, isEnded, isFaded, statusOfIncident } from '../../shared/domain/incident.ts'
import { pathOf } from '../../shared/domain/pages.ts'
import type { Catalogue } from '../live/catalogue.ts'
import type { Shared } from '../share/shared.ts'
import { clockTime, type When } from '../ui/time.ts'
import { endOf, startOf, whereText } from './incidents.ts'
import { newestWords } from './newest-words.ts'

/**
 * An incident for a chat, by the clock that all share: 'AWS us-east-1: partial outage since 14:02 UTC. Increased error
 * rates. We have found the cause.'
 */
export function sharedIncident(incident: Incident, catalogue: Catalogue, when: When): Shared {
  const { share, states } = when.words
  const utc = { ...when, zone: 'UTC' }
  const stage = states.stage[incident.status]
  const state = isEnded(incident)
    ? share.at(stage, clockTime(endOf(incident), utc))
    : incident.status === 'scheduled'
      ? share.begins(stage, clockTime(startOf(incident), utc))
      : share.since(states.label[statusOfIncident(incident)], clockTime(startOf(incident), utc))
  const old = isFaded(incident, when.now) ? share.notUpdatedSince(clockTime(incident.updatedAt, utc)) : ''
  const place = whereText(incident, catalogue, when.words)
  const last = newestWords(
    incident.entries.map(({ text }) => text),
    incident.title,
  )
  return {
    title: share.said(place, incident.title),
    text: [share.sentence(share.said(place, state + old)), share.sentence(incident.title), shortened(last)]
      .filter(Boolean)
      .join(' '),
    path: pathOf({ name: 'incident', incident: incident.id }),
  }
}

/** What a chat shows without folding it. */
const MAX_CHARACTERS = 240

function shortened(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim()
  if (plain.length <= MAX_CHARACTERS) return plain
  return `${plain.slice(0, plain.lastIndexOf(' ', MAX_CHARACTERS)).slice(0, MAX_CHARACTERS)}…`
}
