import type { Component } from '../../shared/domain/component.ts'
import { fail, ok } from '../../shared/domain/result.ts'
import { clip } from './clip.ts'
import { readJson } from './json-answer.ts'
import { ownWord } from './own-words.ts'
import { oneLine } from './plain-text.ts'
import type { ReadContext, Reader } from './reader.ts'
import { readingOf } from './reading-of.ts'
import { recordId } from './record-id.ts'
import { kumaIncident, kumaMaintenance } from './uptime-kuma-incident.ts'
import { KumaHeartbeats, KumaPage } from './uptime-kuma-page.ts'

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
    const { incident, incidents, maintenanceList } = page.data
    const notices = incident ? [incident, ...incidents] : incidents
    return ok(
      readingOf({
        incidents: [
          ...notices.flatMap(notice => kumaIncident(notice, context) ?? []),
          ...maintenanceList.flatMap(maintenance => kumaMaintenance(maintenance, context) ?? []),
        ],
        components: componentsOf(page.data, heartbeats.data.heartbeatList, context),
      }),
    )
  },
}

function documentOf(url: string, folder: string): string {
  const [, host = url, slug = 'default'] =
    /^(https?:\/\/[^/?#]+)(?:\/(?:api\/)?status(?:-page)?(?:\/(?:heartbeat\/)?([^/?#]+))?)?/i.exec(url) ?? []
  return `${host}/api/status-page/${folder}${slug.toLowerCase()}`
}

function componentsOf(page: KumaPage, heartbeats: KumaHeartbeats, { source, places }: ReadContext): Component[] {
  return page.publicGroupList.flatMap(group =>
    group.monitorList.flatMap((monitor): Component[] => {
      const name = oneLine(monitor.name)
      if (monitor.id === '' || name === '') return []
      const beat = heartbeats.get(monitor.id)?.at(-1)?.status ?? ''
      const own = places(source.provider, name).regions
      return [
        {
          id: recordId(source.id, monitor.id),
          provider: source.provider,
          name: clip(name, 200),
          ...(statuses.get(beat) ?? { status: 'unknown', rawStatus: ownWord(beat) }),
          regions: own.length > 0 ? own : places(source.provider, oneLine(group.name)).regions,
        },
      ]
    }),
  )
}

/** Pending is a monitor that has failed and is tried again: neither up nor down. */
const statuses = new Map<string, Pick<Component, 'status' | 'rawStatus'>>([
  ['0', { status: 'major_outage', rawStatus: null }],
  ['1', { status: 'operational', rawStatus: null }],
  ['2', { status: 'unknown', rawStatus: 'pending' }],
  ['3', { status: 'under_maintenance', rawStatus: null }],
])
