import type { Status } from '../../../shared/domain/status.ts'
import { componentsOf, jsonOf, openOn, statusesOf, updatedAt } from '../page-state.ts'
import type { Rendered, StatusPage, World } from '../world.ts'
import { iso } from './notation.ts'

/**
 * The health of Azure DevOps; a component is called '<service>, <geography>'. It knows no maintenance.
 * @see https://learn.microsoft.com/rest/api/azure/devops/status/health/get
 */
export function azureDevopsHealth(page: StatusPage, world: World, now: number): Rendered {
  const open = openOn(page, world).filter(({ kind }) => kind === 'incident')
  const statuses = statusesOf(page, open)
  const pairs = componentsOf(page).map(({ label, name }) => {
    const [service = name, id = ''] = name.split(', ')
    return { service, geography: { id, name: id, health: words[statuses.get(label) ?? 'operational'] } }
  })
  const healths = pairs.map(({ geography }) => geography.health)
  return jsonOf({
    lastUpdated: iso(Math.max(now - 60_000, ...open.map(updatedAt))),
    status: {
      health: ['unhealthy', 'degraded'].find(health => healths.includes(health)) ?? 'healthy',
      message: open[0]?.title ?? 'Everything is looking good',
    },
    services: [...new Set(pairs.map(({ service }) => service))].map(id => ({
      id,
      geographies: pairs.filter(({ service }) => service === id).map(({ geography }) => geography),
    })),
  })
}

const words: Readonly<Record<Status, string>> = {
  unknown: 'healthy',
  operational: 'healthy',
  under_maintenance: 'healthy',
  degraded_performance: 'degraded',
  partial_outage: 'unhealthy',
  major_outage: 'unhealthy',
}
