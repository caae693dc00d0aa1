import { z } from 'zod'
import { fail, ok } from '../../shared/domain/primitives.ts'
import type { Component, Status } from '../../shared/domain/status.ts'
import { clip, oneLine } from '../text/plain-text.ts'
import { documentIn, withoutQuery } from '../text/web-url.ts'
import { one, readEntries, readJson, unread, word } from './json.ts'
import type { ReadContext, Reader } from './reader.ts'
import { readingOf, recordId } from './reading.ts'
import { lookUp, ownWord } from './status-words.ts'
import { StatuspageEntry, statuspageIncident } from './statuspage-incident.ts'

/**
 * A Rootly status page on its own domain: its state as a whole and its open incidents. It names no components, so the
 * page is one.
 * @see https://docs.rootly.com/configuration/status-page-public-api
 */
export const rootly: Reader = {
  address: url => {
    const page = OTHER_DOCUMENT.test(withoutQuery(url)) ? withoutQuery(url).replace(OTHER_DOCUMENT, '') : url
    return documentIn(page, '/api/v1/status.json', /\/api\/v1\/status\.json$/)
  },
  accept: 'application/json',
  complete: true,
  detection: { tried: 'anywhere' },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const page = RootlyPage.safeParse(json.value)
    if (!page.success)
      return fail(
        'the answer is JSON, but no status of a Rootly page (`page` or `status.indicator` is missing): check the address',
      )
    const { status, incidents: list } = page.data
    const components = [componentOf(page.data, context)]
    const incidents = readEntries(list, {
      what: 'incidents',
      needs: 'an id, a name or title and a created_at',
      schema: RootlyEntry,
      max: 500,
      read: entry => one(statuspageIncident('incident', entry, [], context)),
    })
    if (incidents.ok) return ok(readingOf({ incidents: incidents.value, components }))
    // Rootly does not document the fields of an incident. Without them the indicator still tells that all is not well.
    if (lookUp(statuses, status.indicator) === 'operational') return incidents
    return ok({ ...readingOf({ components }), note: incidents.error })
  },
}

const OTHER_DOCUMENT = /\/api\/v1\/incidents\.json$/

/** The names of a Statuspage incident, which Rootly's resembles; the title may be called so. */
const RootlyEntry = StatuspageEntry.extend({ title: word }).transform(({ title, ...entry }) => ({
  ...entry,
  name: entry.name || title,
}))

const RootlyPage = z.object({
  page: z.object({ name: word }),
  status: z.object({ indicator: z.string(), description: word }),
  incidents: unread,
})

function componentOf({ page, status: { indicator } }: z.output<typeof RootlyPage>, context: ReadContext): Component {
  const { source } = context
  const status = lookUp(statuses, indicator)
  return {
    id: recordId(source.id, 'page'),
    provider: source.provider,
    name: clip(oneLine(page.name) || source.name, 200),
    status: status ?? 'unknown',
    rawStatus: status === null ? ownWord(indicator) : null,
    regions: [],
  }
}

const statuses = new Map<string, Status>([
  ['none', 'operational'],
  ['minor', 'degraded_performance'],
  ['major', 'partial_outage'],
  ['critical', 'major_outage'],
  ['maintenance', 'under_maintenance'],
])
