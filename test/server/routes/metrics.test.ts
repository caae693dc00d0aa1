import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { toOpenMetrics } from '../../../server/routes/health.ts'
import { everyMetric } from '../../support/every-metric.ts'
import { promtool } from '../../support/prometheus.ts'

test('promtool has nothing to say against our metrics', async () => {
  const { stdout, stderr, status } = spawnSync(promtool, ['check', 'metrics'], { input: await everyMetric() })
  expect(stderr.toString()).not.toMatch(/error/i)
  // what prom-client tells of Node is as it is everywhere
  expect(stdout.toString() + stderr.toString()).not.toMatch(/^nephoscope_/m)
  expect([0, 3]).toContain(status)
})

test('OpenMetrics has the same samples, counters under their names without _total, and an end', async () => {
  const text = await everyMetric()
  const open = toOpenMetrics(text)
  const samples = (of: string) => of.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  expect(samples(open)).toEqual(samples(text))
  expect(open).toMatch(/^# HELP nephoscope_events .+\n# TYPE nephoscope_events counter\nnephoscope_events_total 0$/m)
  expect(open).not.toMatch(/^# TYPE \w+_total counter$/m)
  expect(open).not.toMatch(/^$\n./m)
  expect(open.endsWith('\n# EOF\n')).toBe(true)
})
