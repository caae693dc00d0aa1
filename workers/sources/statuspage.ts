import type { Component } from '../../shared/domain/component.ts'
import { fail, ok } from '../../shared/domain/result.ts'
import { Status } from '../../shared/domain/status.ts'
import { clip } from './clip.ts'
import { readJson } from './json-answer.ts'
import { documentIn } from './page-address.ts'
import { oneLine } from './plain-text.ts'
import type { ReadContext, Reader } from './reader.ts'
import { readingOf } from './reading-of.ts'
import { recordId } from './record-id.ts'
import { statuspageIncident } from './statuspage-incident.ts'
import { type Summary, SummarySchema } from './statuspage-schema.ts'

/**
 * Atlassian Statuspage v2 and its look-alikes (incident.io leaves lists null and fields out): everything that is open now.
 * @see https://developer.statuspage.io/
 */
export const statuspage: Reader = {
  kind: 'statuspage',
  /** The page's address, or the summary's own. */
  address: url => documentIn(url, '/api/v2/summary.json', /\/api\/v2\/summary\.json(?:\?[^#]*)?$/),
  accept: 'application/json',
  complete: true,
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const summary = SummarySchema.safeParse(json.value)
    if (!summary.success)
      return fail('the answer is JSON, but no Statuspage summary (`page` is missing): check the address')
    const entries = [
      ...summary.data.incidents.map(entry => ({ kind: 'incident' as const, entry })),
      ...summary.data.scheduled_maintenances.map(entry => ({ kind: 'maintenance' as const, entry })),
    ]
    const incidents = entries.flatMap(({ kind, entry }) => statuspageIncident(kind, entry, context) ?? [])
    if (entries.length > 0 && incidents.length === 0) {
      return fail(`none of the ${entries.length} incidents can be read: each needs an id, a name and a created_at`)
    }
    return ok(readingOf({ incidents, components: componentsOf(summary.data, context) }))
  },
}

function componentsOf({ components }: Summary, { source, places }: ReadContext): Component[] {
  const groups = new Map(components.filter(entry => entry.group).map(group => [group.id, group.name]))
  return components.flatMap((entry): Component[] => {
    const name = oneLine(entry.name)
    if (entry.group || entry.id === '' || name === '') return []
    const own = places(source.provider, name).regions
    const status = statusOf(entry.status)
    return [
      {
        id: recordId(source.id, entry.id),
        provider: source.provider,
        name: clip(name, 200),
        status,
        rawStatus: status === 'unknown' ? clip(oneLine(entry.status), 80) || null : null,
        // A part called 'API' in a group called 'Frankfurt' is in Frankfurt.
        regions: own.length > 0 ? own : places(source.provider, groups.get(entry.group_id) ?? '').regions,
      },
    ]
  })
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
