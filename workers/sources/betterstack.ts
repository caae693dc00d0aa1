import type { Component } from '../../shared/domain/component.ts'
import { fail, ok } from '../../shared/domain/result.ts'
import type { Status } from '../../shared/domain/status.ts'
import { betterstackIncident } from './betterstack-incident.ts'
import { BetterstackPage, type Included } from './betterstack-schema.ts'
import { clip } from './clip.ts'
import { readJson } from './json-answer.ts'
import { lookUp, ownWord } from './own-words.ts'
import { documentIn } from './page-address.ts'
import { oneLine } from './plain-text.ts'
import type { ReadContext, Reader } from './reader.ts'
import { readingOf } from './reading-of.ts'
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
    const { included } = page.data
    const reports = included.filter(({ type }) => type === 'status_report').slice(0, 500)
    const incidents = reports.flatMap(report => betterstackIncident(report, included, context) ?? [])
    if (reports.length > 0 && incidents.length === 0) {
      return fail(`none of the ${reports.length} reports can be read: each needs an id, a title and a starts_at`)
    }
    return ok(readingOf({ incidents, components: componentsOf(included, context) }))
  },
}

function componentsOf(included: Included[], { source, places }: ReadContext): Component[] {
  const sections = included.filter(({ type }) => type === 'status_page_section')
  const names = new Map(sections.map(({ id, attributes }) => [id, attributes.name]))
  return included.flatMap(({ id, type, attributes }): Component[] => {
    const name = oneLine(attributes.public_name)
    if (type !== 'status_page_resource' || id === '' || name === '') return []
    const status = lookUp(statuses, attributes.status)
    const own = places(source.provider, name).regions
    return [
      {
        id: recordId(source.id, id),
        provider: source.provider,
        name: clip(name, 200),
        status: status ?? 'unknown',
        rawStatus: status === null ? ownWord(attributes.status) : null,
        // A part called 'API' in a section called 'Frankfurt' is in Frankfurt.
        regions:
          own.length > 0 ? own : places(source.provider, names.get(attributes.status_page_section_id) ?? '').regions,
      },
    ]
  })
}

/** What is `not_monitored` is unknown. */
const statuses = new Map<string, Status>([
  ['operational', 'operational'],
  ['maintenance', 'under_maintenance'],
  ['degraded', 'degraded_performance'],
  ['downtime', 'major_outage'],
])
