import { slugOf } from '../native-ids.ts'
import { componentsOf, jsonOf, openOn } from '../page-state.ts'
import type { Incident, Rendered, StatusPage, World } from '../world.ts'
import { offset } from './notation.ts'

const RENEWED_EVERY_MS = 600_000

/** The posts of Microsoft 365's status page for consumers, one a product. @see https://status.cloud.microsoft */
export function m365Posts(page: StatusPage, world: World, now: number): Rendered {
  const incidents = openOn(page, world).filter(({ kind }) => kind === 'incident')
  return jsonOf(
    componentsOf(page).map(({ label, name }) => {
      const incident = incidents.find(({ services }) => services.includes(label))
      return {
        ServiceDisplayName: name,
        ServiceWorkloadName: slugOf(name),
        Id: `00000000-0000-4000-8000-${slugOf(name).padStart(12, '0').slice(-12)}`,
        AuthoredDateTime: offset(incident?.startedAt ?? Date.UTC(2026, 0)),
        InternalDateTime: offset(now - (now % RENEWED_EVERY_MS)),
        LastUpdatedTime: offset(now),
        Title: incident?.title ?? '',
        Message: `<div>${incident?.updates[0]?.text ?? 'Problems that keep you from this product are told here.'}</div>`,
        Status: statusOf(incident),
      }
    }),
  )
}

const statusOf = (incident: Incident | undefined): string =>
  incident === undefined ? 'Available' : incident.impact === 'critical' ? 'ServiceInterruption' : 'ServiceDegradation'
