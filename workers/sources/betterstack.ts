import type { Component } from '../../shared/domain/component.ts'
import { fail } from '../../shared/domain/result.ts'
import type { Status } from '../../shared/domain/status.ts'
import { betterstackIncident } from './betterstack-incident.ts'
import { BetterstackEntry, BetterstackPage, type Included } from './betterstack-schema.ts'
import { clip } from './clip.ts'
import { one, readEntries, recordsOf } from './entries.ts'
import { readJson } from './json-answer.ts'
import { lookUp, ownWord } from './own-words.ts'
import { documentIn } from './page-address.ts'
import { oneLine } from './plain-text.ts'
import type { ReadContext, Reader } from './reader.ts'
import { readingOfLists } from './reading-of.ts'
import { recordId } from './record-id.ts'

/**
 * A Better Stack page as JSON:API: its resources, and the reports of what is open, planned and lately over.
 * @see https://betterstack.com/docs/uptime/status-pages/subscribing-to-status-updates/subscribing-to-api/
 */
export const betterstack: Reader = {
  kind: 'betterstack',
  address: url => documentIn(url, '/index.json', /\/index\.json$/),
  accept: 'application/json',
  complete: true,
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const page = BetterstackPage.safeParse(json.value)
    if (!page.success)
      return fail(
        'the answer is JSON, but no Better Stack page (`data` of type status_page is missing): check the address',
      )
    const entries = readEntries(page.data.included, {
      what: 'included resources',
      needs: 'an id and a type',
      schema: BetterstackEntry,
      max: 10_000,
      read: entry => (entry.id === '' || entry.type === '' ? null : [entry]),
    })
    if (!entries.ok) return entries
    const included = entries.value
    const reports = included.filter(({ type }) => type === 'status_report').slice(0, 500)
    const resources = included.filter(({ type }) => type === 'status_page_resource')
    const sections = sectionsIn(included)
    const components = recordsOf(resources, resources.length, {
      what: 'resources',
      needs: 'a public_name',
      read: resource => one(componentOf(resource, sections, context)),
    })
    if (!components.ok) return components
    return readingOfLists({
      incidents: [
        recordsOf(reports, reports.length, {
          what: 'reports',
          needs: 'an id, a title and a starts_at',
          read: report => one(betterstackIncident(report, included, components.value, context)),
        }),
      ],
      components: [components],
    })
  },
}

/** The names of the sections by their ids. */
const sectionsIn = (included: Included[]): Map<string, string> =>
  new Map(
    included
      .filter(({ type }) => type === 'status_page_section')
      .map(({ id, attributes }) => [id, attributes.name] as const),
  )

function componentOf(
  { id, attributes }: Included,
  sections: ReadonlyMap<string, string>,
  { source, places }: ReadContext,
): Component | null {
  const name = oneLine(attributes.public_name)
  if (name === '') return null
  const status = lookUp(statuses, attributes.status)
  const own = places(source.provider, name).regions
  return {
    id: recordId(source.id, id),
    provider: source.provider,
    name: clip(name, 200),
    status: status ?? 'unknown',
    rawStatus: status === null ? ownWord(attributes.status) : null,
    // A part called 'API' in a section called 'Frankfurt' is in Frankfurt.
    regions:
      own.length > 0 ? own : places(source.provider, sections.get(attributes.status_page_section_id) ?? '').regions,
  }
}

/** What is `not_monitored` is unknown. */
const statuses = new Map<string, Status>([
  ['operational', 'operational'],
  ['maintenance', 'under_maintenance'],
  ['degraded', 'degraded_performance'],
  ['downtime', 'major_outage'],
])
