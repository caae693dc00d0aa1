import { numberId } from '../native-ids.ts'
import { allOn, begunAt, incidentLink, jsonOf, nameOf, updatedAt } from '../page-state.ts'
import type { Incident, Phase, Rendered, StatusPage, World } from '../world.ts'
import { bare } from './notation.ts'

/**
 * Cachet's incidents, version 1: a history, newest first, dates in UTC without a zone. Planned work is an incident of
 * status 0 with a time, without news after that time.
 * @see https://docs.cachethq.io/v2.x/api/incidents
 */
export function cachetIncidents(page: StatusPage, world: World): Rendered {
  const data = allOn(page, world).map(incident => entry(page, incident, world))
  const { length } = data
  return jsonOf({
    meta: { pagination: { total: length, count: length, per_page: 100, current_page: 1, total_pages: 1 } },
    data,
  })
}

function entry(page: StatusPage, incident: Incident, world: World) {
  const id = numberId(page.name, incident.id)
  const [first, ...later] = [...incident.updates].reverse()
  const planned = incident.kind === 'maintenance'
  const [label] = incident.services
  return {
    id,
    name: incident.title,
    status: planned ? 0 : codes[first?.phase ?? 'investigating'],
    latest_status: planned ? 0 : codes[incident.phase],
    visible: 1,
    message: first?.text ?? '',
    scheduled_at: planned ? bare(begunAt(incident) ?? incident.scheduledFor ?? incident.startedAt) : null,
    occurred_at: bare(incident.startedAt),
    created_at: bare(incident.startedAt),
    updated_at: bare(updatedAt(incident)),
    permalink: incidentLink(page, id, world),
    component:
      label === undefined
        ? null
        : { id: numberId(page.name, label), name: nameOf(page, label), status: componentCode(incident) },
    updates: later
      .reverse()
      .map((update, at) => ({
        id: at + 1,
        incident_id: id,
        status: codes[update.phase],
        message: update.text,
        created_at: bare(update.at),
      })),
  }
}

const codes: Readonly<Partial<Record<Phase, number>>> = { investigating: 1, identified: 2, monitoring: 3, resolved: 4 }

/** 1 well, 2 slow, 3 partly out, 4 out. */
const componentCode = ({ impact, endedAt }: Incident): number => (endedAt === null ? componentCodes[impact] : 1)
const componentCodes = { none: 1, maintenance: 1, minor: 2, major: 3, critical: 4 } as const
