import { z } from 'zod'
import { isActive, isEnded, statusOfIncident } from '../../shared/domain/incident.ts'
import { descending } from '../../shared/domain/order.ts'
import { fail, type Instant, ok, type Result } from '../../shared/domain/primitives.ts'
import { type Component, type Impact, type Stage, type Status, worst } from '../../shared/domain/status.ts'
import { placesOfIncident } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, decodedText, oneLine, plainText } from '../text/plain-text.ts'
import { type Answer, decodeText, MAX_BYTES } from './answer.ts'
import { noteOrigin } from './fragments.ts'
import { listOf, one, readEntries, tooLarge, word } from './json.ts'
import type { IncidentUpdate, ReadContext, Reader, ReadIncident } from './reader.ts'
import { orderUpdates, readingOfLists, recordId, serviceNames } from './reading.ts'
import { lookUp, openLifecycleOf, ownWord } from './status-words.ts'

/**
 * Okta's own status: a web page whose hidden elements hold Salesforce objects as JSON. Its cells, such as
 * 'okta.com:12', are Okta's own regions and never those of a cloud.
 * @see https://status.okta.com/
 */
export const okta: Reader = {
  address: url => url,
  accept: 'text/html',
  complete: true,
  detection: { tried: 'anywhere', isHome: url => /^https?:\/\/status\.okta\.com(?:\/|$)/.test(url) },
  async read(answer, context) {
    const page = pageIn(answer)
    if (!page.ok) return page
    const { incidents, planned, updates, cells } = page.value
    const lists = [
      incidentsIn(incidents, 'incident', updates, context),
      incidentsIn(planned, 'maintenance', updates, context),
    ]
    const states = statesOf(lists.flatMap(list => (list.ok ? list.value.filter(isActive) : [])))
    return readingOfLists({ incidents: lists, components: [ok(cells.map(cell => componentOf(cell, states, context)))] })
  },
}

const Update = z.object({ Id: word, IncidentId__c: word, UpdateLog__c: word, CreatedDate: word })
type Update = z.output<typeof Update>

/** A missing element means that the page has changed, and never that all is well. Only `updates` may be missing. */
function pageIn(answer: Answer): Result<{ incidents: unknown; planned: unknown; updates: Update[]; cells: string[] }> {
  if (answer.body.length > MAX_BYTES) return fail(tooLarge(answer))
  const html = decodeText(answer)
  const incidents = jsonIn(html, 'incidents')
  const planned = jsonIn(html, 'planned-outages')
  const cells = textIn(html, 'cellList')
  if (!incidents.ok) return incidents
  if (!planned.ok) return planned
  if (cells === null) return fail(lacks('cellList'))
  const updates = jsonIn(html, 'updates')
  return ok({
    incidents: incidents.value,
    planned: planned.value,
    updates: listOf(Update, 5000).parse(updates.ok ? updates.value : []),
    cells: namesIn(cells).slice(0, 500),
  })
}

function jsonIn(html: string, id: string): Result<unknown> {
  const text = textIn(html, id)
  if (text === null) return fail(lacks(id))
  try {
    return ok(JSON.parse(text))
  } catch {
    return fail(`the element \`data-id="${id}"\` of the page holds no JSON: the page has changed`)
  }
}

const lacks = (id: string): string =>
  `the answer is not Okta's status page (no element has \`data-id="${id}"\`): check the address`

/** The text of the element with this `data-id`; null where there is none, or it has no end. */
function textIn(html: string, id: string): string | null {
  const at = html.indexOf(`data-id="${id}"`)
  const name = /^<([a-z]{1,20})\b/i.exec(html.slice(html.lastIndexOf('<', at)))?.[1]
  if (at < 0 || name === undefined) return null
  const from = html.indexOf('>', at) + 1
  const to = html.indexOf(`</${name}`, from)
  return from === 0 || to < 0 ? null : decodedText(html.slice(from, to)).trim()
}

/** A list in one text, as Salesforce writes it. */
const namesIn = (list: string): string[] => [
  ...new Set(
    list
      .split(/[;,]/)
      .map(oneLine)
      .filter(name => name !== ''),
  ),
]

const Entry = z.object({
  Id: word,
  Name: word,
  Incident_Title__c: word,
  Title__c: word,
  Status__c: word,
  Category__c: word,
  Impacted_Cells__c: word,
  Service_Feature__c: word,
  Okta_Sub_Service__c: word,
  Start_Date__c: word,
  Start_Time__c: word,
  End_Date__c: word,
  End_Time__c: word,
  Last_Updated__c: word,
  CreatedDate: word,
  Log__c: word,
})
type Entry = z.output<typeof Entry>

const incidentsIn = (
  list: unknown,
  kind: ReadIncident['kind'],
  updates: readonly Update[],
  context: ReadContext,
): Result<ReadIncident[]> =>
  readEntries(list, {
    what: kind === 'incident' ? 'incidents' : 'planned outages',
    needs: 'an Id, a title and a start',
    schema: Entry,
    max: 1000,
    read: entry => one(incidentOf(kind, entry, updates, context)),
  })

function incidentOf(
  kind: ReadIncident['kind'],
  entry: Entry,
  updates: readonly Update[],
  { source, places, now }: ReadContext,
): ReadIncident | null {
  const title = oneLine(entry.Incident_Title__c || entry.Title__c || entry.Name)
  const createdAt = parseDate(entry.CreatedDate)
  const startedAt = instantOf(entry.Start_Date__c, entry.Start_Time__c) ?? createdAt ?? parseDate(entry.Start_Date__c)
  if (entry.Id === '' || title === '' || startedAt === null) return null
  const planned = kind === 'maintenance'
  const own = updates.filter(update => update.IncidentId__c === entry.Id)
  const words = wordsOf(entry, own, startedAt)
  const known = lookUp(stages[kind], entry.Status__c)
  const status = known ?? unknownStage(kind, words[0]?.text ?? '', Date.parse(startedAt) > now)
  const updatedAt = latest([parseDate(entry.Last_Updated__c), words[0]?.at ?? null]) ?? createdAt ?? startedAt
  const endsAt = instantOf(entry.End_Date__c, entry.End_Time__c)
  const incident: ReadIncident = {
    id: recordId(source.id, entry.Id),
    provider: source.provider,
    kind,
    title: clip(title, 300),
    status,
    rawStatus: known === null ? ownWord(entry.Status__c) : null,
    impact: planned ? 'maintenance' : impactOf(entry),
    ...placesOfIncident(places(source.provider, title)),
    services: serviceNames([...namesIn(entry.Impacted_Cells__c), ...namesIn(entry.Okta_Sub_Service__c)]),
    startedAt,
    updatedAt,
    resolvedAt: isEnded({ status }) ? (endsAt ?? updatedAt) : null,
    scheduledFor: planned ? startedAt : null,
    scheduledUntil: planned ? endsAt : null,
    url: source.url,
    updates: orderUpdates(
      words.map(({ id, at, text }, index): IncidentUpdate => {
        const before = planned ? (at < startedAt ? 'scheduled' : 'in_progress') : openLifecycleOf('', text)
        return { id, at, status: index === 0 ? status : before, text }
      }),
    ),
  }
  return noteOrigin(incident, entry, ...own)
}

/** A day and a time of day, or the whole in one of the two; null for a day alone, which is no instant. */
const instantOf = (day: string, time: string): Instant | null =>
  parseDate(time) ?? parseDate(`${day}T${time}`) ?? (day.length > 10 ? parseDate(day) : null)

type Words = Pick<IncidentUpdate, 'id' | 'at' | 'text'>

/** What was said, newest first: the updates, and the log, which is the first word of an incident or all of them. */
function wordsOf(entry: Entry, updates: readonly Update[], startedAt: Instant): Words[] {
  const told = updates.flatMap((update): Words[] => {
    const at = parseDate(update.CreatedDate)
    const text = plainText(update.UpdateLog__c)
    return at === null || text === '' ? [] : [{ id: clip(oneLine(update.Id), 120) || at, at, text }]
  })
  const log = plainText(entry.Log__c)
  const loggedAt = (told.length > 0 ? null : parseDate(entry.Last_Updated__c)) ?? startedAt
  const isNew = log !== '' && told.every(({ text }) => text !== log)
  return [...told, ...(isNew ? [{ id: 'log', at: loggedAt, text: log }] : [])].sort(descending('at'))
}

const overWords = ['resolved', 'closed', 'complete', 'completed', 'cancelled', 'canceled']
const stages: Readonly<Record<ReadIncident['kind'], ReadonlyMap<string, Stage>>> = {
  incident: new Map<string, Stage>([
    ...overWords.map(over => [over, 'resolved'] as const),
    ['postmortem', 'postmortem'],
    ['investigating', 'investigating'],
    ['identified', 'identified'],
    ['monitoring', 'monitoring'],
  ]),
  maintenance: new Map<string, Stage>([
    ...[...overWords, 'postmortem'].map(over => [over, 'completed'] as const),
    ['scheduled', 'scheduled'],
    ['inprogress', 'in_progress'],
  ]),
}

/** Any other word is of something open. */
const unknownStage = (kind: ReadIncident['kind'], text: string, isAhead: boolean): Stage =>
  kind === 'incident' ? openLifecycleOf('', text) : isAhead ? 'scheduled' : 'in_progress'

const impacts = new Map<string, Impact>([
  ['majorservicedisruption', 'critical'],
  ['servicedisruption', 'major'],
  ['minorservicedisruption', 'major'],
  ['featuredisruption', 'major'],
])

/** The fault of a third party is a minor one of Okta's. */
const impactOf = (entry: Entry): Impact =>
  namesIn(entry.Service_Feature__c).some(feature => feature.toLowerCase() === 'tp')
    ? 'minor'
    : (lookUp(impacts, entry.Category__c) ?? 'minor')

/** A cell is as bad as what is open in it; an incident that names no cell is in none. */
function statesOf(active: readonly ReadIncident[]): Map<string, Status> {
  const states = new Map<string, Status>()
  for (const incident of active)
    for (const name of incident.services)
      states.set(name, worst([states.get(name) ?? 'operational', statusOfIncident(incident)]))
  return states
}

function componentOf(cell: string, states: ReadonlyMap<string, Status>, { source }: ReadContext): Component {
  const name = clip(cell, 120)
  return {
    id: recordId(source.id, cell.replaceAll(':', '-')),
    provider: source.provider,
    name,
    status: states.get(name) ?? 'operational',
    rawStatus: null,
    regions: [],
  }
}
