import { z } from 'zod'
import { fail, type Instant, type Result } from '../../shared/domain/primitives.ts'
import type { Component, Impact, MaintenanceStatus } from '../../shared/domain/status.ts'
import { placesOfIncident } from '../places/places.ts'
import { parseDate } from '../text/dates.ts'
import { clip, markdownText, oneLine } from '../text/plain-text.ts'
import { listOf, one, readEntries, readJson, unread, word } from './json.ts'
import type { ReadContext, Reader, ReadIncident } from './reader.ts'
import { groupedPart, orderUpdates, readingOfLists, recordId } from './reading.ts'
import { lookUp, openLifecycleOf, ownWord } from './status-words.ts'

/**
 * A status page of Uptime Kuma, 1 or 2, in two documents: the page has the names of monitors, incidents and
 * maintenances; the heartbeats have the state of monitors by number.
 * @see https://github.com/louislam/uptime-kuma/wiki/API-Documentation
 */
export const uptimeKuma: Reader = {
  /** The page's address, `…/status/<slug>`; a bare host has the page `default`. */
  address: url => documentOf(url, ''),
  also: url => documentOf(url, 'heartbeat/'),
  accept: 'application/json',
  complete: true,
  detection: { tried: 'anywhere' },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const page = KumaPage.safeParse(json.value)
    if (!page.success)
      return fail('the answer is JSON, but no page of Uptime Kuma (`publicGroupList` is missing): check the address')
    if (answer.also === undefined)
      return fail('the heartbeats of the page were not fetched: they have an address of their own')
    const beats = readJson(answer.also)
    if (!beats.ok) return fail(`heartbeats: ${beats.error}`)
    const heartbeats = KumaHeartbeats.safeParse(beats.value)
    if (!heartbeats.success)
      return fail('the second answer is JSON, but no heartbeats (`heartbeatList` is missing): check the address')
    const { incident, incidents, maintenanceList, publicGroupList } = page.data
    const notices = { needs: 'an id, a title and a createdDate', schema: KumaNotice, max: 100 }
    const read = (notice: KumaNotice) => one(kumaIncident(notice, context))
    return readingOfLists({
      incidents: [
        readEntries(incident ? [incident] : [], { what: 'pinned incidents', ...notices, read }),
        readEntries(incidents, { what: 'incidents', ...notices, read }),
        readEntries(maintenanceList, {
          what: 'maintenances',
          needs: 'an id, a title and a time slot',
          schema: KumaMaintenance,
          max: 100,
          read: entry => (isByHand(entry) ? [] : one(kumaMaintenance(entry, context))),
        }),
      ],
      components: componentsOf(publicGroupList, heartbeats.data.heartbeatList, context),
    })
  },
}

function documentOf(url: string, folder: string): string {
  const [, host = url, slug = 'default'] =
    /^(https?:\/\/[^/?#]+)(?:\/(?:api\/)?status(?:-page)?(?:\/(?:heartbeat\/)?([^/?#]+))?)?/i.exec(url) ?? []
  return `${host}/api/status-page/${folder}${slug.toLowerCase()}`
}

/** The monitors, one list per group. */
function componentsOf(list: unknown[], heartbeats: KumaHeartbeats, context: ReadContext): Result<Component[]>[] {
  const groups = readEntries(list, {
    what: 'groups',
    needs: 'a monitorList',
    schema: KumaGroup,
    max: 500,
    read: group => (group.monitorList ? [group] : null),
  })
  if (!groups.ok) return [groups]
  return groups.value.map(group =>
    readEntries(group.monitorList, {
      what: 'monitors of a group',
      needs: 'an id and a name',
      schema: KumaMonitor,
      max: 1000,
      read: monitor => one(componentOf(monitor, oneLine(group.name), heartbeats, context)),
    }),
  )
}

function componentOf(
  monitor: KumaMonitor,
  group: string,
  heartbeats: KumaHeartbeats,
  context: ReadContext,
): Component | null {
  const name = oneLine(monitor.name)
  if (monitor.id === '' || name === '') return null
  const beat = heartbeats.get(monitor.id)?.at(-1)?.status ?? ''
  return {
    ...groupedPart(monitor.id, name, group, context),
    ...(componentStatuses.get(beat) ?? { status: 'unknown', rawStatus: ownWord(beat) }),
  }
}

/** A pending monitor failed and is tried again: it is neither up nor down. */
const componentStatuses = new Map<string, Pick<Component, 'status' | 'rawStatus'>>([
  ['0', { status: 'major_outage', rawStatus: null }],
  ['1', { status: 'operational', rawStatus: null }],
  ['2', { status: 'unknown', rawStatus: 'pending' }],
  ['3', { status: 'under_maintenance', rawStatus: null }],
])

const KumaMonitor = z.object({ id: word, name: word })
type KumaMonitor = z.output<typeof KumaMonitor>
const KumaGroup = z.object({ name: word, monitorList: unread })

const KumaNotice = z.object({
  id: word,
  style: word,
  title: word,
  content: word,
  createdDate: word,
  lastUpdatedDate: word,
})
type KumaNotice = z.output<typeof KumaNotice>

const Timeslot = z.object({ startDate: word, endDate: word })
const KumaMaintenance = z.object({
  id: word,
  title: word,
  description: word,
  status: word,
  timezoneOffset: word,
  /** An unreadable slot is still a slot: a maintenance without any is switched on by hand. */
  timeslotList: listOf(Timeslot.catch({ startDate: '', endDate: '' }), 100),
})
type KumaMaintenance = z.output<typeof KumaMaintenance>

/** A page without the state of its monitors. Version 1 pins one incident, version 2 any number. */
const KumaPage = z.object({
  publicGroupList: z.custom<unknown[]>(Array.isArray),
  incident: unread,
  incidents: unread,
  maintenanceList: unread,
})

/** The beats of each monitor by its id, oldest first. A `0` in place of a beat is a span without any. */
const KumaHeartbeats = z.object({
  heartbeatList: z
    .record(z.string(), listOf(z.object({ status: word }), 1000))
    .transform(list => new Map(Object.entries(list))),
})
type KumaHeartbeats = z.output<typeof KumaHeartbeats>['heartbeatList']

/** A pinned incident; null where it has no id, title or date. An ended one is no longer pinned. */
function kumaIncident(notice: KumaNotice, context: ReadContext): ReadIncident | null {
  const startedAt = instantOf(notice.createdDate, 'Z')
  const text = markdownText(notice.content)
  const status = openLifecycleOf(oneLine(notice.title), text)
  if (notice.id === '' || startedAt === null) return null
  return incident(
    {
      native: `incident-${notice.id}`,
      kind: 'incident',
      title: notice.title,
      text,
      status,
      rawStatus: null,
      impact: lookUp(impacts, notice.style) ?? 'none',
      startedAt,
      updatedAt: instantOf(notice.lastUpdatedDate, 'Z') ?? startedAt,
      until: null,
    },
    context,
  )
}

/** Whether it is switched on by hand. It then has no time, and shows in its monitors alone. */
const isByHand = ({ id, title, timeslotList }: KumaMaintenance): boolean =>
  id !== '' && title !== '' && timeslotList.length === 0

/** A maintenance; null where it has no id, title or date. */
function kumaMaintenance(entry: KumaMaintenance, context: ReadContext): ReadIncident | null {
  const slot = entry.timeslotList[0]
  const startedAt = instantOf(slot?.startDate ?? '', entry.timezoneOffset)
  const known = lookUp(maintenanceStatuses, entry.status)
  if (entry.id === '' || slot === undefined || startedAt === null) return null
  return incident(
    {
      native: `maintenance-${entry.id}`,
      kind: 'maintenance',
      title: entry.title,
      text: markdownText(entry.description),
      status: known ?? 'scheduled',
      rawStatus: known === null ? ownWord(entry.status) : null,
      impact: 'maintenance',
      startedAt,
      updatedAt: startedAt,
      until: instantOf(slot.endDate, entry.timezoneOffset),
    },
    context,
  )
}

const impacts = new Map<string, Impact>([
  ['danger', 'major'],
  ['warning', 'minor'],
])

const maintenanceStatuses = new Map<string, MaintenanceStatus>([
  ['scheduled', 'scheduled'],
  ['undermaintenance', 'in_progress'],
  ['ended', 'completed'],
])

/** Dates may lack a zone: UTC for incidents, the maintenance's own zone for maintenances. */
const instantOf = (value: string, zone: string): Instant | null => parseDate(value) ?? parseDate(value + zone)

type Content = Pick<ReadIncident, 'kind' | 'title' | 'status' | 'rawStatus' | 'impact' | 'startedAt' | 'updatedAt'> & {
  native: string
  text: string
  until: Instant | null
}

function incident({ native, text, until, ...content }: Content, { source, places }: ReadContext): ReadIncident | null {
  const title = oneLine(content.title)
  if (title === '') return null
  const where = places(source.provider, title)
  const { status, updatedAt: at } = content
  return {
    ...content,
    id: recordId(source.id, native),
    provider: source.provider,
    title: clip(title, 300),
    ...placesOfIncident(where),
    services: [],
    resolvedAt: status === 'completed' ? (until ?? at) : null,
    scheduledFor: content.kind === 'maintenance' ? content.startedAt : null,
    scheduledUntil: until,
    url: source.url,
    updates: text === '' ? [] : orderUpdates([{ id: at, at, status, text }]),
  }
}
