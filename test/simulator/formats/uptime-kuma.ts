import type { Status } from '../../../shared/domain/status.ts'
import { numberId } from '../native-ids.ts'
import { componentsOf, jsonOf, openOn, statusesOf, updatedAt } from '../page-state.ts'
import type { Incident, Rendered, StatusPage, World } from '../world.ts'
import { bare } from './notation.ts'

/** A page of Uptime Kuma 2: names, pinned incidents, maintenances. @see https://github.com/louislam/uptime-kuma/wiki/API-Documentation */
export function kumaPage(page: StatusPage, world: World): Rendered {
  const open = openOn(page, world)
  return jsonOf({
    config: { slug: page.name, title: page.title, description: null, published: true },
    incidents: open.filter(({ kind }) => kind === 'incident').map(incident => pinned(page, incident)),
    publicGroupList: page.parts.map(({ group, names }, at) => ({
      id: at + 1,
      name: group ?? 'Services',
      weight: at + 1,
      monitorList: names.map(name => ({ id: monitorId(page, group, name), name, sendUrl: 0, type: 'http' })),
    })),
    maintenanceList: open.filter(({ kind }) => kind === 'maintenance').map(work => maintenance(page, work)),
  })
}

/** Its heartbeats, oldest first: 0 down, 1 up, 3 under maintenance. A slow monitor is up. */
export function kumaHeartbeats(page: StatusPage, world: World, now: number): Rendered {
  const statuses = statusesOf(page, openOn(page, world))
  const list = componentsOf(page).map(({ label, group, name }) => {
    const state = beats[statuses.get(label) ?? 'operational'] ?? 1
    const beat = (at: number, status: number) => ({ status, time: `${bare(at)}.000`, msg: '', ping: null })
    return [monitorId(page, group, name), [beat(now - 120_000, 1), beat(now - 60_000, state)]] as const
  })
  return jsonOf({ heartbeatList: Object.fromEntries(list), uptimeList: {} })
}

const beats: Readonly<Partial<Record<Status, number>>> = { under_maintenance: 3, partial_outage: 0, major_outage: 0 }

const monitorId = (page: StatusPage, group: string | null, name: string) => numberId(page.name, `${group} ${name}`)

const pinned = (page: StatusPage, incident: Incident) => ({
  id: numberId(page.name, incident.id),
  style: styles[incident.impact],
  title: incident.title,
  content: incident.updates[0]?.text ?? '',
  pin: true,
  createdDate: bare(incident.startedAt),
  lastUpdatedDate: bare(updatedAt(incident)),
})

const styles = { none: 'info', minor: 'warning', major: 'danger', critical: 'danger', maintenance: 'info' } as const

const maintenance = (page: StatusPage, incident: Incident) => ({
  id: numberId(page.name, incident.id),
  title: incident.title,
  description: incident.updates[0]?.text ?? '',
  strategy: 'single',
  active: true,
  timezone: 'UTC',
  timezoneOffset: '+00:00',
  status: incident.phase === 'scheduled' ? 'scheduled' : 'under-maintenance',
  timeslotList: [
    {
      startDate: bare(incident.scheduledFor ?? incident.startedAt),
      endDate: bare(incident.scheduledUntil ?? incident.startedAt),
    },
  ],
})
