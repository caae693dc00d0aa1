import { currentState } from '../../server/live/current.ts'
import { serverMetrics } from '../../server/routes/health.ts'
import type { Stack } from '../../shared/domain/stack.ts'
import { emptyView } from '../../shared/domain/view.ts'
import { catalogueOf, provider, status } from '../client/builders.ts'
import { incident, minutesAgo, NOON, probe, region, source } from './builders.ts'

/** `/metrics` of a server that has something to say in every metric. */
export async function everyMetric(): Promise<string> {
  const west = region('azure/westeurope')
  const lambda: Stack['uses'][number] = { kind: 'service', service: 'azure/vms', regions: [west.id], zones: [] }
  const view = emptyView()
  view.head = `${NOON}-0`
  view.settings = { ...view.settings, stacks: [{ id: 'shop', name: 'Shop', uses: [lambda] }] }
  view.sources.set('azure-status', source('azure-status'))
  view.statuses.set(west.id, status(west.id))
  view.probes.set('blob', probe('blob'))
  view.incidents.set('azure-status/a', incident('azure-status/a', { title: 'Not "even"\n\\ so' }))
  const current = currentState()
  current.replace(view)
  const metrics = serverMetrics({
    current,
    isReady: () => true,
    connected: () => 1,
    streams: () => 1,
    screens: () => 1,
    workersAt: () => minutesAgo(0),
    now: () => NOON,
    clouds: async () => ({
      view: current.view,
      catalogue: catalogueOf([provider('azure', 'Azure')], [west]),
      workersAt: minutesAgo(0),
      now: NOON,
      stackFacts: current.stacks.facts,
      stacksOf: current.stacks.of.incidents,
      sources: current.view.sources.values(),
    }),
  })
  metrics.resumed('reset')
  metrics.request('/', 401)
  metrics.pushed('websub', 'forged')
  return metrics.registry.metrics()
}
