import { z } from 'zod'
import { isEnded } from '../../shared/domain/incident.ts'
import { groupBy } from '../../shared/domain/order.ts'
import { fail, ok, type RegionId, type Result } from '../../shared/domain/primitives.ts'
import type { Component, Impact, Stage, Status } from '../../shared/domain/status.ts'
import { mergePlaces, placesOfIncident } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, oneLine } from '../text/plain-text.ts'
import { documentIn, webUrl } from '../text/web-url.ts'
import { type Answer, decodeText } from './answer.ts'
import { listOf, one, readEntries, readJson, unread, word } from './json.ts'
import type { ReadContext, Reader, ReadIncident } from './reader.ts'
import { groupedPart, readingOfLists, recordId, serviceNames } from './reading.ts'
import { lookUp, ownWord } from './status-words.ts'

/**
 * A cState page: its systems and, below each, the issues that are not resolved. Issues have no texts here.
 * @see https://github.com/cstate/cstate/wiki/API
 */
export const cstate: Reader = {
  address: url => documentIn(url, '/index.json', /\/index\.json$/),
  accept: 'application/json',
  complete: true,
  detection: { tried: 'anywhere' },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return isUnescaped(answer) ? fail(UNESCAPED) : json
    const index = Index.safeParse(json.value)
    if (!index.success)
      return fail('the answer is JSON, but no cState page (`cStateVersion` or `systems` is missing): check the address')
    const systems = readEntries(index.data.systems, {
      what: 'systems',
      needs: 'a name',
      schema: System,
      max: 1000,
      read: system => (oneLine(system.name) === '' ? null : [system]),
    })
    if (!systems.ok) return systems
    const components = systems.value.map(system => componentOf(system, context))
    const byName = groupBy(components, ({ name }) => name)
    const regionsOf = new Map([...byName].map(([name, parts]) => [name, unique(parts.flatMap(part => part.regions))]))
    return readingOfLists({
      // An issue stands below each system that it affects; a reading keeps the first.
      incidents: systems.value.map(({ unresolvedIssues }) => issuesIn(unresolvedIssues, regionsOf, context)),
      components: [ok(components)],
    })
  },
}

/** Its template does not escape titles: one with a quotation mark makes the whole document unreadable. */
const isUnescaped = (answer: Answer): boolean => decodeText(answer).includes('"cStateVersion"')
const UNESCAPED =
  'the JSON of this cState page is broken, as by a quotation mark in a title: until that is gone, read <page>/index.xml as rss-status'

const Index = z.object({ cStateVersion: z.string(), systems: z.custom<unknown[]>(Array.isArray) })
const System = z.object({ name: word, category: word, status: word, unresolvedIssues: unread })
type System = z.output<typeof System>

/** What is only announced makes a system no worse than under maintenance. */
function componentOf(system: System, context: ReadContext): Component {
  const name = oneLine(system.name)
  const category = oneLine(system.category)
  const issues = listOf(Issue, 500).parse(system.unresolvedIssues)
  const isAnnounced = /^notice$/i.test(system.status) && issues.length > 0 && issues.every(issue => issue.informational)
  const isUnderWay = issues.some(issue => stageOf(issue, context.now) === 'in_progress')
  const announced = isUnderWay ? 'under_maintenance' : 'operational'
  const status = isAnnounced ? announced : lookUp(statuses, system.status)
  return {
    ...groupedPart(category === '' ? name : `${category}/${name}`, name, category, context),
    status: status ?? 'unknown',
    rawStatus: status === null ? ownWord(system.status) : null,
  }
}

const statuses = new Map<string, Status>([
  ['ok', 'operational'],
  ['notice', 'degraded_performance'],
  ['disrupted', 'partial_outage'],
  ['down', 'major_outage'],
])

const flag = z
  .unknown()
  .transform(value => value === true)
  .prefault(false)
const Issue = z.object({
  title: word,
  createdAt: word,
  lastMod: word,
  permalink: word,
  severity: word,
  resolved: flag,
  informational: flag,
  resolvedAt: word,
  affected: listOf(word, 1000),
})
type Issue = z.output<typeof Issue>

const unique = (regions: readonly RegionId[]): RegionId[] => [...new Set(regions)]

/** The regions of the systems of each name; names repeat across categories. */
type RegionsOf = ReadonlyMap<string, readonly RegionId[]>

const issuesIn = (list: unknown, regionsOf: RegionsOf, context: ReadContext): Result<ReadIncident[]> =>
  readEntries(list, {
    what: 'issues of a system',
    needs: 'a permalink, a title and a createdAt',
    schema: Issue,
    max: 500,
    read: issue => one(incidentOf(issue, regionsOf, context)),
  })

/** Dates are as Go prints them, '2026-11-24 10:00:00 +0000 UTC'; the year 1 is none. */
function incidentOf(issue: Issue, regionsOf: RegionsOf, context: ReadContext): ReadIncident | null {
  const { source, places, now } = context
  const title = oneLine(issue.title)
  const startedAt = parseDate(issue.createdAt)
  if (issue.permalink === '' || title === '' || startedAt === null) return null
  const kind = issue.informational ? 'maintenance' : 'incident'
  const status = stageOf(issue, now)
  const impact = lookUp(impacts, issue.severity)
  const updatedAt = latest([parseDate(issue.lastMod)]) ?? startedAt
  const names = issue.affected.map(name => clip(oneLine(name), 200))
  const where = mergePlaces([
    places(source.provider, title),
    { regions: unique(names.flatMap(name => regionsOf.get(name) ?? [])), global: false },
  ])
  return {
    id: recordId(source.id, issue.permalink),
    provider: source.provider,
    kind,
    title: clip(title, 300),
    status,
    rawStatus: impact === null ? ownWord(issue.severity) : null,
    impact: issue.informational ? 'maintenance' : (impact ?? 'minor'),
    ...placesOfIncident(where),
    services: serviceNames(names),
    startedAt,
    updatedAt,
    resolvedAt: isEnded({ status }) ? (parseDate(issue.resolvedAt) ?? updatedAt) : null,
    scheduledFor: issue.informational ? startedAt : null,
    scheduledUntil: null,
    url: webUrl(issue.permalink, source.url),
    updates: [],
  }
}

/** An informational issue is an announcement, most of all of planned work. */
function stageOf({ resolved, informational, createdAt }: Issue, now: number): Stage {
  const isAhead = Date.parse(parseDate(createdAt) ?? '') > now
  if (informational) return resolved ? 'completed' : isAhead ? 'scheduled' : 'in_progress'
  return resolved ? 'resolved' : 'investigating'
}

const impacts = new Map<string, Impact>([
  ['notice', 'minor'],
  ['disrupted', 'major'],
  ['down', 'critical'],
])
