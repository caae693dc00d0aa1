import { type Status, statusOfImpact, worst } from '../../../shared/domain/status.ts'
import { labelOf } from '../components.ts'
import { statuspageId } from '../native-ids.ts'
import type { Incident, StatusPage } from '../world.ts'

/** When the pages of this world were set up. */
const CREATED = '2024-01-15T09:00:00.000Z'

/** Label → status of every component: the worst that the open incidents make of it. */
export function statusesOf(page: StatusPage, open: Incident[]): Map<string, Status> {
  const touching = (label: string): Status[] =>
    open
      .filter(incident => incident.phase !== 'scheduled' && incident.services.includes(label))
      .map(incident => statusOfImpact[incident.impact])
  const labels = page.parts.flatMap(({ group, names }) => names.map(name => labelOf(group, name)))
  return new Map(labels.map(label => [label, worst(touching(label))]))
}

export const componentId = (page: StatusPage, label: string): string => statuspageId(page.name, `component ${label}`)

/** Groups stand in the list as components with `group: true`; their members point at them with `group_id`. */
export function renderComponents(page: StatusPage, statuses: ReadonlyMap<string, Status>, open: Incident[]) {
  return page.parts.flatMap(({ group, names }, place) => {
    const groupId = group === null ? null : statuspageId(page.name, `group ${group}`)
    const members = names.map((name, position) => {
      const label = labelOf(group, name)
      const at = Math.max(...open.filter(one => one.services.includes(label)).map(one => one.updates[0]?.at ?? 0), 0)
      return {
        ...component(page, componentId(page, label), name, statuses.get(label) ?? 'operational', position + 1),
        ...(at === 0 ? {} : { updated_at: new Date(at).toISOString() }),
        group_id: groupId,
      }
    })
    if (group === null || groupId === null) return members
    const container = component(page, groupId, group, worst(members.map(member => member.status)), place + 1)
    return [{ ...container, group: true, components: members.map(member => member.id) }, ...members]
  })
}

const component = (page: StatusPage, id: string, name: string, status: Status, position: number) => ({
  id,
  name,
  status,
  created_at: CREATED,
  updated_at: CREATED,
  position,
  description: null,
  showcase: false,
  start_date: null,
  group_id: null as string | null, // members overwrite it
  page_id: statuspageId(page.name, 'page'),
  group: false,
  only_show_if_degraded: false,
})
