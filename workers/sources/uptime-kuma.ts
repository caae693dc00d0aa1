import type { Component } from '../../shared/domain/component.ts'
import { fail, type Result } from '../../shared/domain/result.ts'
import { clip } from './clip.ts'
import { one, readEntries } from './entries.ts'
import { readJson } from './json-answer.ts'
import { ownWord } from './own-words.ts'
import { oneLine } from './plain-text.ts'
import type { ReadContext, Reader } from './reader.ts'
import { readingOfLists } from './reading-of.ts'
import { recordId } from './record-id.ts'
import { isByHand, kumaIncident, kumaMaintenance } from './uptime-kuma-incident.ts'
import { KumaGroup, KumaHeartbeats, KumaMaintenance, KumaMonitor, KumaNotice, KumaPage } from './uptime-kuma-page.ts'

/**
 * A status page of Uptime Kuma, 1 or 2, in two documents: the page has the names of its monitors, incidents and
 * maintenances, the heartbeats have the state of the monitors by their numbers.
 * @see https://github.com/louislam/uptime-kuma/wiki/API-Documentation
 */
export const uptimeKuma: Reader = {
  kind: 'uptime-kuma',
  /** The page's address, `…/status/<slug>`; a bare host has the page `default`. */
  address: url => documentOf(url, ''),
  also: url => documentOf(url, 'heartbeat/'),
  accept: 'application/json',
  complete: true,
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

/** The monitors, a list a group. */
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
  { source, places }: ReadContext,
): Component | null {
  const name = oneLine(monitor.name)
  if (monitor.id === '' || name === '') return null
  const beat = heartbeats.get(monitor.id)?.at(-1)?.status ?? ''
  const own = places(source.provider, name).regions
  return {
    id: recordId(source.id, monitor.id),
    provider: source.provider,
    name: clip(name, 200),
    ...(statuses.get(beat) ?? { status: 'unknown', rawStatus: ownWord(beat) }),
    regions: own.length > 0 ? own : places(source.provider, group).regions,
  }
}

/** Pending is a monitor that has failed and is tried again: neither up nor down. */
const statuses = new Map<string, Pick<Component, 'status' | 'rawStatus'>>([
  ['0', { status: 'major_outage', rawStatus: null }],
  ['1', { status: 'operational', rawStatus: null }],
  ['2', { status: 'unknown', rawStatus: 'pending' }],
  ['3', { status: 'under_maintenance', rawStatus: null }],
])
