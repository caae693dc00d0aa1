import { z } from 'zod'
import { fail, ok } from '../../shared/domain/primitives.ts'
import type { Impact } from '../../shared/domain/status.ts'
import { mergePlaces, type Places, placesOfIncident, scopeOf, withZones } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, markdownText, oneLine } from '../text/plain-text.ts'
import { webUrl } from '../text/web-url.ts'
import { readOrigins } from './fragments.ts'
import { listOf, readJsonList, word } from './json.ts'
import type { IncidentUpdate, ReadContext, Reader, ReadIncident } from './reader.ts'
import { orderUpdates, readingOf, recordId, serviceKeys, serviceNames } from './reading.ts'
import { openLifecycleOf } from './status-words.ts'

/**
 * Google Cloud (and Workspace) incidents: a window of open and closed ones, so absence means nothing. Open ones lack
 * `end`.
 * @see https://status.cloud.google.com/incidents.schema.json
 */
export const googleIncidents: Reader = {
  address: url => url,
  accept: 'application/json',
  complete: false,
  detection: { tried: 'anywhere', isHome: url => url.endsWith('/incidents.json') },
  async read(answer, context) {
    const json = readJsonList(answer, 'incidents')
    if (!json.ok) return json
    const entries = listOf(Entry, 1000).parse(json.value)
    const reading = readingOf({ incidents: readOrigins(entries, entry => incidentOf(entry, context)) })
    if (json.value.length > 0 && reading.incidents.length === 0) {
      return fail(
        `none of the ${json.value.length} incidents can be read: each needs an id, a begin and an external_desc`,
      )
    }
    return ok(reading)
  },
}

const Location = z.object({ id: word })
const Product = z.object({ id: word, title: word, current_title: word })
const Update = z.object({ when: word, created: word, text: word, status: word })
const Entry = z.object({
  id: word,
  begin: word,
  created: word,
  end: word,
  modified: word,
  external_desc: word,
  severity: word,
  status_impact: word,
  uri: word,
  affected_products: listOf(Product, 500),
  currently_affected_locations: listOf(Location, 500),
  previously_affected_locations: listOf(Location, 500),
  updates: listOf(Update, 1000),
})
type Entry = z.output<typeof Entry>

function incidentOf(entry: Entry, context: ReadContext): ReadIncident | null {
  const { source } = context
  const startedAt = parseDate(entry.begin) ?? parseDate(entry.created)
  const title = titleOf(entry.external_desc)
  if (entry.id === '' || startedAt === null || title === '') return null
  const open = entry.end.trim() === ''
  const endedAt = open ? null : parseDate(entry.end)
  const updates = updatesOf(entry, open)
  const updatedAt = latest([parseDate(entry.modified), endedAt, startedAt, updates[0]?.at ?? null]) ?? startedAt
  const { currently_affected_locations: current, previously_affected_locations: previous } = entry
  // A closed incident may still list a location as current; it was affected too.
  const where = withZones(
    placesOf(open ? current : [...current, ...previous], context),
    updates.map(({ text }) => text),
    text => context.places(source.provider, text),
  )
  const products = entry.affected_products.map(product => product.current_title || product.title)
  return {
    id: recordId(source.id, entry.id),
    provider: source.provider,
    kind: 'incident',
    title: clip(title, 300),
    status: open ? (updates[0]?.status ?? 'investigating') : 'resolved',
    rawStatus: knownImpacts.has(entry.status_impact) ? null : clip(oneLine(entry.status_impact), 80) || null,
    impact: impactOf(entry),
    // A location called global is a wider scope than the regions beside it.
    ...placesOfIncident(where),
    scope: where.global ? 'global' : scopeOf(where),
    services: serviceNames(products),
    // titles change, ids stay
    serviceKeys: serviceKeys(entry.affected_products.map(({ id }) => id)),
    startedAt,
    updatedAt,
    resolvedAt: open ? null : (endedAt ?? updatedAt),
    scheduledFor: null,
    scheduledUntil: null,
    url: webUrl(entry.uri, source.url),
    updates,
  }
}

const titleOf = (markdown: string): string =>
  markdownText(markdown)
    .replaceAll('\n', ' ')
    .replace(/^(?:title|summary):\s*/i, '')

const knownImpacts = new Set(['SERVICE_OUTAGE', 'SERVICE_DISRUPTION', 'SERVICE_INFORMATION'])

function impactOf({ status_impact, severity }: Entry): Impact {
  if (status_impact === 'SERVICE_OUTAGE') return 'critical'
  if (status_impact === 'SERVICE_INFORMATION') return 'minor'
  return severity === 'high' || (severity === 'medium' && status_impact === 'SERVICE_DISRUPTION') ? 'major' : 'minor'
}

/** Location ids are region codes, `global`, or multi-regions such as `us` and `eur4`, which are no regions of ours. */
const placesOf = (locations: { id: string }[], { source, places }: ReadContext): Places =>
  mergePlaces(locations.map(location => places(source.provider, location.id.slice(0, 100))))

function updatesOf(entry: Entry, open: boolean): IncidentUpdate[] {
  const updates = entry.updates.flatMap((update): IncidentUpdate[] => {
    const at = parseDate(update.when) ?? parseDate(update.created)
    const text = withoutLabels(markdownText(update.text))
    if (at === null || text === '') return []
    const available = update.status === 'AVAILABLE'
    const status = available ? (open ? 'monitoring' : 'resolved') : openLifecycleOf('', text)
    return [{ id: at, at, status, text }]
  })
  return orderUpdates(updates)
}

/** Every update begins with the same summary under its own label; what is new follows the label 'Description'. */
function withoutLabels(text: string): string {
  if (!/^(?:summary|description)\b/i.test(text)) return text
  const label = /(?:^|\n)description ?[:\\\n][\s\\]*/i.exec(text) ?? /^summary ?[:\\\n][\s\\]*/i.exec(text)
  return (label && text.slice(label.index + label[0].length)) || text
}
