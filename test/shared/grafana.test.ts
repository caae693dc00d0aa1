import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { Status } from '../../shared/domain/status.ts'
import { Dashboard, dashboardExpressions, dashboardText } from '../support/dashboard.ts'
import { everyMetric } from '../support/every-metric.ts'
import { promtool } from '../support/prometheus.ts'

const dashboard = Dashboard.parse(JSON.parse(dashboardText))

test('every panel has its own id and place, and only variables that are there', () => {
  const { panels } = dashboard
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  const taken = new Map<string, string>()
  for (const { title, gridPos } of panels) {
    expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24)
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect(taken.get(`${x} ${y}`), `${title} lies on another`).toBeUndefined()
        taken.set(`${x} ${y}`, title)
      }
  }
  const variables = new Set(dashboard.templating.list.map(({ name }) => name))
  for (const [, name = ''] of dashboardText.matchAll(/\$\{?(\w+)/g))
    if (!name.startsWith('__')) expect(variables, name).toContain(name)
})

test('every expression asks for metrics that servers tell, by labels that they have', async () => {
  const told = await everyMetric()
  const queries = dashboard.templating.list.flatMap(({ query, name }) =>
    JSON.stringify(query).includes('label_values') ? [{ where: name, expr: JSON.stringify(query) }] : [],
  )
  expect(queries.length).toBeGreaterThan(0)
  for (const { where, expr } of [...dashboardExpressions(), ...queries]) {
    const names = [...expr.matchAll(/\bnephoscope_\w+/g)].map(([name]) => name)
    expect(names.length, where).toBeGreaterThan(0)
    for (const name of names) expect(told, `${where}: ${name}`).toMatch(new RegExp(`^# TYPE ${name} `, 'm'))
    for (const [, name = '', labels = ''] of expr.matchAll(/\b(nephoscope_\w+)\{([^}]*)\}/g))
      for (const [, label = ''] of labels.matchAll(/(\w+)(?:=~|!=|=)"/g))
        expect(told, `${where}: ${name} by ${label}`).toMatch(new RegExp(`^${name}\\{[^}]*\\b${label}="`, 'm'))
    for (const [, status = ''] of expr.matchAll(/status!?=~?"([^"]*)"/g))
      for (const one of status.split('|')) expect(Status.options, where).toContain(one)
  }
})

test('promtool understands every expression', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'neph-dashboard-'))
  const rules = dashboardExpressions().map(({ expr }, n) => ({ record: `dashboard:${n}`, expr }))
  writeFileSync(path.join(dir, 'rules.yaml'), stringify({ groups: [{ name: 'dashboard', rules }] }))
  const { status, stdout, stderr } = spawnSync(promtool, ['check', 'rules', path.join(dir, 'rules.yaml')])
  rmSync(dir, { recursive: true })
  expect(status, String(stdout) + String(stderr)).toBe(0)
})
