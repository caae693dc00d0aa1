import { bytesOf } from '../../shared/domain/ledger.ts'
import { ascending, descending } from '../../shared/domain/order.ts'
import type { Reading } from '../formats/reader.ts'

/** The records of one reading, as JSON. */
const MAX_READING_BYTES = 1024 * 1024
/** Characters that the newest words of an incident keep, and services, where even the newest words are too many. */
const SHORT_TEXT = 300
const FEW_SERVICES = 10

type Incident = Reading['incidents'][number]

/**
 * Cuts a reading to what may be kept of it, the oldest first: earlier updates and articles go, then the newest words
 * and the services of incidents are shortened, then operational components go. No incident is left out, as that would
 * end it. What the store has of earlier readings stays there. Pure.
 * @returns the reading, and how many texts and components were cut
 */
export function boundReading(reading: Reading, maxBytes = MAX_READING_BYTES): { reading: Reading; cut: number } {
  const { incidents, components, articles } = reading
  let over = bytesOf(incidents) + bytesOf(components) + bytesOf(articles) - maxBytes
  if (over <= 0) return { reading, cut: 0 }
  let cut = 0
  const take = (bytes: number) => {
    over -= bytes
    cut += 1
  }

  const dropped = new Set<object>()
  for (const { text } of oldTexts(reading).sort(ascending('at'))) {
    if (over <= 0) break
    dropped.add(text)
    take(bytesOf(text) + 1)
  }
  const shortened = new Map<Incident, Incident>()
  const changeAll = (change: (incident: Incident) => Incident) => {
    for (const incident of [...incidents].sort(ascending('startedAt'))) {
      if (over <= 0) return
      const before = shortened.get(incident) ?? withUpdates(incident, incident.updates.filter(kept))
      const after = change(before)
      const saved = bytesOf(before) - bytesOf(after)
      if (saved > 0) take(saved)
      shortened.set(incident, after)
    }
  }
  const kept = (text: object) => !dropped.has(text)
  changeAll(incident =>
    withUpdates(
      incident,
      incident.updates.map(update => ({ ...update, text: short(update.text) })),
    ),
  )
  changeAll(incident => ({ ...incident, services: incident.services.slice(0, FEW_SERVICES) }))
  for (const component of [...components].sort(descending('id'))) {
    if (over <= 0) break
    if (component.status !== 'operational') continue
    dropped.add(component)
    take(bytesOf(component) + 1)
  }
  return {
    reading: {
      ...reading,
      incidents: incidents.map(
        incident => shortened.get(incident) ?? withUpdates(incident, incident.updates.filter(kept)),
      ),
      components: components.filter(kept),
      articles: articles.filter(kept),
    },
    cut,
  }
}

/** What a reading can do without: articles, and all updates but the newest of each incident. */
function oldTexts({ incidents, articles }: Reading): { at: string; text: object }[] {
  return [
    ...incidents.flatMap(({ updates }) => updates.slice(1).map(update => ({ at: update.at, text: update }))),
    ...articles.map(article => ({ at: article.publishedAt, text: article })),
  ]
}

const withUpdates = (incident: Incident, updates: Incident['updates']): Incident =>
  updates.length === incident.updates.length && updates.every((update, n) => update === incident.updates[n])
    ? incident
    : { ...incident, updates }

const short = (text: string): string => (text.length <= SHORT_TEXT ? text : `${text.slice(0, SHORT_TEXT - 1)}…`)
