import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { loadSources } from '../../workers/config/sources-file.ts'
import { everyMetric } from '../support/every-metric.ts'
import { promtool, ruleFiles } from '../support/prometheus.ts'

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')

const Alerts = z.object({
  groups: z.array(
    z.object({
      rules: z.array(z.object({ alert: z.string(), expr: z.string(), annotations: z.object({ runbook: z.string() }) })),
    }),
  ),
})
const alerts = async () =>
  (await Promise.all(ruleFiles.map(async file => Alerts.parse(parse(await read(`config/${file}`)))))).flatMap(
    ({ groups }) => groups.flatMap(({ rules }) => rules),
  )

test('every alert has its section in the runbook, and every section its alert', async () => {
  const rules = await alerts()
  const sections = [...(await read('docs/runbook.md')).matchAll(/^## (.+)$/gm)].map(([, name]) => name)
  expect(sections).toEqual(rules.map(({ alert }) => alert))
  for (const { alert, annotations } of rules) expect(annotations.runbook).toBe(`docs/runbook.md#${alert.toLowerCase()}`)
})

test('alerts ask for metrics that servers tell, by labels that they have', async () => {
  const told = await everyMetric()
  const known = new Set([...told.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name))
  for (const { alert, expr } of await alerts()) {
    const asked = [...expr.matchAll(/\b(?:nephoscope|nodejs|process)_\w+/g)].map(([name]) => name)
    for (const name of asked) expect(known, `${alert} asks for ${name}`).toContain(name)
    for (const [, name = '', label = ''] of expr.matchAll(/\b(nephoscope_\w+)\{(\w+)=/g))
      expect(told, `${alert} asks ${name} by ${label}`).toMatch(new RegExp(`^${name}\\{[^}]*${label}="`, 'm'))
  }
})

test('promtool takes the rules, and they fire on the stories that they are for', () => {
  const files = ruleFiles.map(file => fileURLToPath(new URL(`../../config/${file}`, import.meta.url)))
  const stories = fileURLToPath(new URL('../fixtures/prometheus/alerts.test.yaml', import.meta.url))
  for (const args of [
    ['check', 'rules', ...files],
    ['test', 'rules', stories],
  ]) {
    const { status, stdout, stderr } = spawnSync(promtool, args)
    expect(status, String(stdout) + String(stderr)).toBe(0)
  }
})

test('every metric of ours is explained, with the labels that it has', async () => {
  const docs = await read('docs/metrics.md')
  const told = await everyMetric()
  for (const [, name = ''] of told.matchAll(/^# TYPE (nephoscope_\w+)/gm)) {
    const labels = new RegExp(`^${name}\\{(.+)\\} `, 'm').exec(told)?.[1]?.match(/\w+(?==")/g) ?? []
    const written = labels.length === 0 ? name : `${name}{${labels.join(',')}}`
    expect(docs, written).toContain(`\`${written}\``)
  }
})

test.each(['base/server', 'base/workers'])('%s asks for routes and programs that are there', async name => {
  const text = await read(`config/kubernetes/${name}.yaml`)
  for (const document of parseAllDocuments(text)) expect(document.errors).toEqual([])
  for (const [, path] of text.matchAll(/httpGet: \{ path: (\S+),/g)) expect(['/healthz', '/readyz']).toContain(path)
  const bundles = await read('launch/build.ts')
  for (const [, program] of text.matchAll(/dist\/([\w-]+)\.js/g))
    expect(bundles).toMatch(new RegExp(`\\b${program}\\b`))
})

test('the sources of the example pass', async () => {
  const { sources } = await loadSources('config/kubernetes/example/sources.yaml', {}, read)
  expect(sources.ok && sources.value.sources.map(({ id }) => id)).toEqual(['aws-status', 'github'])
})
