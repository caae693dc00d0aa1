import { z } from 'zod'
import { isActive, isEnded, statusOfIncident } from '../../shared/domain/incident.ts'
import { fail, ok, type Result, toInstant } from '../../shared/domain/primitives.ts'
import { type Component, Impact, Status, severity, statusOfImpact, worst } from '../../shared/domain/status.ts'
import { clip, oneLine } from '../text/plain-text.ts'
import { documentIn, webUrl } from '../text/web-url.ts'
import type { Answer } from './answer.ts'
import { isWebPage, listOf, one, readEntries, readJson, unread, word } from './json.ts'
import type { ReadContext, Reader, ReadIncident } from './reader.ts'
import { groupedPart, readingOfLists, recordId } from './reading.ts'
import { StatuspageEntry, statuspageIncident } from './statuspage-incident.ts'

/**
 * Atlassian Statuspage v2 and its look-alikes (incident.io leaves lists null and fields out): everything that is open
 * now.
 * @see https://developer.statuspage.io/
 */
export const statuspage: Reader = {
  /** The page's address, or the summary's own. */
  address: url => documentIn(url, '/api/v2/summary.json', /\/api\/v2\/summary\.json$/),
  accept: 'application/json',
  /** The summary lists what is open; how an incident ended stands in the list of all. */
  history: {
    asked: 'missing',
    address: url => statuspage.address(url).replace(/summary\.json$/, 'incidents.json'),
    read(answer, context) {
      const json = readJson(answer)
      const all = z.object({ incidents: unread }).safeParse(json.ok ? json.value : null)
      return all.success ? incidentsIn(all.data.incidents, 'incident', [], context) : fail('no list of incidents')
    },
    beside: (past, current) => {
      const open = new Set(current.map(({ id }) => id))
      return past.filter(incident => isEnded(incident) && !open.has(incident.id))
    },
  },
  /** A summary may list only some of the components. The list of all has the same entries. */
  more: (url, answer) =>
    leavesOutParts(answer) ? statuspage.address(url).replace(/summary\.json/, 'components.json') : undefined,
  complete: true,
  detection: { tried: 'anywhere' },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return isWebPage(answer) ? fail(NO_STATUSPAGE) : json
    const summary = Summary.safeParse(json.value)
    if (!summary.success)
      return fail('the answer is JSON, but no Statuspage summary (`page` is missing): check the address')
    const { incidents, scheduled_maintenances, components, status } = summary.data
    if ([incidents, scheduled_maintenances, components].every(list => list === undefined))
      return fail('the summary has neither components nor incidents nor scheduled_maintenances: it tells nothing')
    const parts = componentsIn(allParts(answer.more, components), context)
    if (!parts.ok) return parts
    const lists = [
      incidentsIn(incidents, 'incident', parts.value, context),
      incidentsIn(scheduled_maintenances, 'maintenance', parts.value, context),
    ]
    const listed = lists.flatMap(list => (list.ok ? list.value.filter(isActive).map(statusOfIncident) : []))
    const whole = wholePage(status, worst([...listed, ...parts.value.map(part => part.status)]), context)
    const reading = readingOfLists({ incidents: [...lists, ok(whole)], components: [parts] })
    if (!reading.ok || whole.length === 0) return reading
    return ok({ ...reading.value, undated: whole.map(({ id }) => id) })
  },
}

/** Hosts without such a page answer every address with their web page, and call that a success. */
const NO_STATUSPAGE =
  'the host answers with a web page where a Statuspage has its summary, so it is none: npm run detect finds what it is'

/**
 * Whether components are missing from a summary: groups or incidents name others, or the list is as long as a page of a
 * longer one. Pages without groups, those of incident.io, are the ones that cut it.
 */
function leavesOutParts(answer: Answer): boolean {
  const json = readJson(answer)
  const summary = PartsNamed.safeParse(json.ok ? json.value : null)
  if (!summary.success) return false
  const { components, incidents, scheduled_maintenances } = summary.data
  const listed = new Set(components.map(({ id }) => id))
  const named = [...components, ...incidents, ...scheduled_maintenances].flatMap(entry => [
    entry.group_id,
    ...entry.components.map(part => (typeof part === 'string' ? part : part.id)),
  ])
  const isPage = components.length > 0 && components.length % PAGE_LENGTH === 0 && components.every(isPart)
  return isPage || named.some(id => id !== '' && !listed.has(id))
}

const PAGE_LENGTH = 25
const isPart = ({ components }: { components: readonly unknown[] }): boolean => components.length === 0

/** The list of all components, where it was asked for and is one; else what the summary has of them. */
function allParts(more: Answer | undefined, listed: unknown): unknown {
  const json = more === undefined ? null : readJson(more)
  const all = z.object({ components: z.array(z.unknown()) }).safeParse(json?.ok ? json.value : null)
  return all.success && all.data.components.length > 0 ? all.data.components : listed
}

const incidentsIn = (
  list: unknown,
  kind: ReadIncident['kind'],
  components: readonly Component[],
  context: ReadContext,
): Result<ReadIncident[]> =>
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

function componentOf(entry: StatuspageComponent, group: string, context: ReadContext): Component {
  const status = statusOf(entry.status)
  return {
    ...groupedPart(entry.id, oneLine(entry.name), group, context),
    status,
    rawStatus: status === 'unknown' ? clip(oneLine(entry.status), 80) || null : null,
  }
}

function statusOf(raw: string): Component['status'] {
  const status = raw
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  return Status.safeParse(synonyms.get(status) ?? status).data ?? 'unknown'
}

/**
 * An incident of no named region where the page's indicator is worse than everything that it lists; else none. Without
 * it such a page would read as well.
 */
function wholePage({ indicator, description }: Indicator, listed: Status, context: ReadContext): ReadIncident[] {
  const { source, now } = context
  // The words of an indicator are those of an impact. @see https://developer.statuspage.io/#tag/status
  const impact = Impact.safeParse(indicator).data
  if (impact === undefined || severity[statusOfImpact[impact]] <= severity[listed]) return []
  const isPlanned = impact === 'maintenance'
  const at = toInstant(now)
  return [
    {
      id: recordId(source.id, 'page-indicator'),
      provider: source.provider,
      kind: isPlanned ? 'maintenance' : 'incident',
      title: clip(oneLine(description), 300) || 'The status page as a whole',
      status: isPlanned ? 'in_progress' : 'investigating',
      rawStatus: null,
      impact,
      scope: 'unspecified',
      regions: [],
      services: [],
      startedAt: at,
      updatedAt: at,
      resolvedAt: null,
      scheduledFor: null,
      scheduledUntil: null,
      url: webUrl(new URL(source.url).origin),
      updates: [],
    },
  ]
}

const synonyms = new Map([
  ['full_outage', 'major_outage'],
  ['maintenance', 'under_maintenance'],
  ['degraded', 'degraded_performance'],
])

const StatuspageComponent = z.object({
  id: word,
  name: word,
  status: word,
  group_id: word,
  group: z
    .unknown()
    .transform(group => group === true)
    .prefault(false),
})

type StatuspageComponent = z.output<typeof StatuspageComponent>

/** Lists are read one by one, because incident.io leaves them null. */
const Summary = z.object({
  page: z.object({}),
  status: z.object({ indicator: word, description: word }).prefault({}).catch({ indicator: '', description: '' }),
  components: unread,
  incidents: unread,
  scheduled_maintenances: unread,
})

/** What names components: groups list the ids of theirs, incidents the components themselves. */
const Naming = z.object({
  id: word,
  group_id: word,
  components: listOf(z.union([z.string(), z.object({ id: word })]), 5000),
})
const PartsNamed = z.object({
  page: z.object({}),
  components: listOf(Naming, 5000),
  incidents: listOf(Naming, 500),
  scheduled_maintenances: listOf(Naming, 500),
})

type Indicator = z.output<typeof Summary>['status']
