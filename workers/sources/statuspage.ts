import type { Component } from '../../shared/domain/component.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import { fail, ok, type Result } from '../../shared/domain/result.ts'
import { Status } from '../../shared/domain/status.ts'
import { clip } from './clip.ts'
import { one, readEntries } from './entries.ts'
import { readJson } from './json-answer.ts'
import { documentIn } from './page-address.ts'
import { oneLine } from './plain-text.ts'
import type { ReadContext, Reader } from './reader.ts'
import { readingOfLists } from './reading-of.ts'
import { recordId } from './record-id.ts'
import { statuspageIncident } from './statuspage-incident.ts'
import { StatuspageComponent, StatuspageEntry, Summary } from './statuspage-schema.ts'

/**
 * Atlassian Statuspage v2 and its look-alikes (incident.io leaves lists null and fields out): everything that is open now.
 * @see https://developer.statuspage.io/
 */
export const statuspage: Reader = {
  kind: 'statuspage',
  /** The page's address, or the summary's own. */
  address: url => documentIn(url, '/api/v2/summary.json', /\/api\/v2\/summary\.json$/),
  accept: 'application/json',
  complete: true,
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const summary = Summary.safeParse(json.value)
    if (!summary.success)
      return fail('the answer is JSON, but no Statuspage summary (`page` is missing): check the address')
    const { incidents, scheduled_maintenances, components } = summary.data
    const parts = componentsIn(components, context)
    if (!parts.ok) return parts
    return readingOfLists({
      incidents: [
        incidentsIn(incidents, 'incident', parts.value, context),
        incidentsIn(scheduled_maintenances, 'maintenance', parts.value, context),
      ],
      components: [parts],
    })
  },
}

const incidentsIn = (
  list: unknown,
  kind: Incident['kind'],
  components: readonly Component[],
  context: ReadContext,
): Result<Incident[]> =>
  readEntries(list, {
    what: kind === 'incident' ? 'incidents' : 'scheduled_maintenances',
    needs: 'an id, a name and a created_at',
    schema: StatuspageEntry,
    max: 500,
    read: entry => one(statuspageIncident(kind, entry, components, context)),
  })

function componentsIn(list: unknown, context: ReadContext): Result<Component[]> {
  const entries = readEntries(list, {
    what: 'components',
    needs: 'an id and a name',
    schema: StatuspageComponent,
    max: 5000,
    read: entry => (entry.id === '' || oneLine(entry.name) === '' ? null : [entry]),
  })
  if (!entries.ok) return entries
  const groups = new Map(entries.value.filter(entry => entry.group).map(group => [group.id, group.name]))
  const parts = entries.value.filter(entry => !entry.group)
  return ok(parts.map(part => componentOf(part, groups.get(part.group_id) ?? '', context)))
}

function componentOf(entry: StatuspageComponent, group: string, { source, places }: ReadContext): Component {
  const name = oneLine(entry.name)
  const own = places(source.provider, name).regions
  const status = statusOf(entry.status)
  return {
    id: recordId(source.id, entry.id),
    provider: source.provider,
    name: clip(name, 200),
    status,
    rawStatus: status === 'unknown' ? clip(oneLine(entry.status), 80) || null : null,
    // A part called 'API' in a group called 'Frankfurt' is in Frankfurt.
    regions: own.length > 0 ? own : places(source.provider, group).regions,
  }
}

function statusOf(raw: string): Component['status'] {
  const status = raw
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  return Status.safeParse(synonyms.get(status) ?? status).data ?? 'unknown'
}

const synonyms = new Map([
  ['full_outage', 'major_outage'],
  ['maintenance', 'under_maintenance'],
  ['degraded', 'degraded_performance'],
])
