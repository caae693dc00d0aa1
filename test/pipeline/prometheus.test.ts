import { afterAll, beforeAll, expect, test } from 'vitest'
import { toInstant } from '../../shared/domain/primitives.ts'
import { keys } from '../../shared/redis/keys.ts'
import { dashboardExpressions } from '../support/dashboard.ts'
import { type Prometheus, startPrometheus } from '../support/prometheus.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
let prometheus: Prometheus
beforeAll(async () => {
  stack = await startStack({ story: 'road' })
  await stack.ready()
  prometheus = await startPrometheus(stack.url)
})
afterAll(async () => {
  await prometheus?.close()
  await stack?.close()
})

/** What the dashboard shows only after something was silent. */
const mayBeEmpty = new Set(['Sources that fell silent'])

const isFiring = async (alert: string, labels: Record<string, string> = {}) =>
  (await prometheus.firing()).some(one =>
    Object.entries({ alertname: alert, ...labels }).every(([key, value]) => one[key] === value),
  )
const fires = (alert: string, labels?: Record<string, string>) =>
  until(() => isFiring(alert, labels), `${alert} to fire`)

test('a real Prometheus reads what the server tells, in OpenMetrics too', async () => {
  await until(
    async () => (await prometheus.query('up{job="nephoscope"} == 1')).length === 1,
    'a scrape without a mistake',
  )
  const accept = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5'
  const open = await fetch(`${stack.url}/metrics`, { headers: { Accept: accept } })
  expect(open.headers.get('Content-Type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
  expect(await open.text()).toMatch(/\n# EOF\n$/)
  const plain = await fetch(`${stack.url}/metrics`)
  expect(plain.headers.get('Content-Type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect((await prometheus.query('nephoscope_events_total')).length).toBe(1)
})

test('an incident that hits a stack makes the shipped rules fire and fills the dashboard, until it is over', async () => {
  for (let step = 0; step < 4; step++) stack.simulator.step() // to Google's critical incident
  await fires('NephoscopeRegionInTrouble', { provider: 'google', region: 'europe-west4', severity: 'ticket' })
  await fires('NephoscopeStackInTrouble', { stack: 'mine', severity: 'page' })
  await fires('NephoscopeCriticalIncident', { provider: 'google' })
  for (const { where, expr } of dashboardExpressions())
    await until(async () => (await prometheus.query(expr)).length > 0 || mayBeEmpty.has(where), `${where}: ${expr}`)
  const [info] = await prometheus.query('nephoscope_incident_info{severity="critical"}')
  expect(info?.metric.title).toBe('Instances in europe-west4 are unreachable')
  stack.simulator.apply({ do: 'resolve', id: 'go', regions: [], services: [], cleared: [] })
  await until(async () => !(await isFiring('NephoscopeCriticalIncident')), 'the alert to end')
})

test('without workers everything is unknown, and the rules say so', async () => {
  await stack.workers.stop()
  await stack.redis.redis.set(keys.rollUpBeat, toInstant(Date.now() - 120_000)) // as if they had been away for long
  await fires('NephoscopeNoWorker')
  await fires('NephoscopeStackUnknown', { stack: 'mine' })
  await fires('NephoscopeSourceSilent', { source: 'azure-status' })
  expect(await prometheus.query('nephoscope_region_status{status!="unknown"} == 1')).toEqual([])
})
