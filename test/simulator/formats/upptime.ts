import type { Status } from '../../../shared/domain/status.ts'
import { slugOf } from '../native-ids.ts'
import { componentsOf, openOn, statusesOf } from '../page-state.ts'
import type { Rendered, StatusPage, World } from '../world.ts'

/**
 * Upptime's summary as its runs commit it: a bare array of sites, served as plain text. @see
 * https://upptime.js.org/docs/
 */
export function upptimeSummary(page: StatusPage, world: World): Rendered {
  const statuses = statusesOf(page, openOn(page, world))
  const sites = componentsOf(page).map(({ label, name }) => ({
    name,
    url: `https://${slugOf(label)}.invalid`,
    slug: slugOf(label),
    status: words[statuses.get(label) ?? 'operational'],
    uptime: '99.98%',
    time: 219,
    dailyMinutesDown: {},
  }))
  return { body: Buffer.from(JSON.stringify(sites, null, 2)), contentType: 'text/plain; charset=utf-8' }
}

const words: Readonly<Record<Status, string>> = {
  unknown: 'up',
  operational: 'up',
  under_maintenance: 'up',
  degraded_performance: 'degraded',
  partial_outage: 'down',
  major_outage: 'down',
}
