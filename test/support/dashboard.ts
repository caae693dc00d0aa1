import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** As Grafana writes it: `type: prometheus`, and the variable that names which one. */
const OurPrometheus = z.object({ type: z.literal('prometheus'), uid: z.string().regex(/^\$\{datasource\}$/) })

const Target = z.object({
  refId: z.string().regex(/^[A-Z]$/),
  datasource: OurPrometheus,
  expr: z.string().min(1),
  legendFormat: z.string(),
  instant: z.boolean(),
  range: z.boolean(),
})

const Panel = z.object({
  id: z.int().positive(),
  type: z.enum(['stat', 'state-timeline', 'table', 'timeseries']),
  title: z.string().min(1),
  description: z.string().min(1),
  datasource: OurPrometheus,
  gridPos: z.object({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1).max(24), h: z.int().min(1) }),
  fieldConfig: z.object({ defaults: z.looseObject({ unit: z.string().min(1) }), overrides: z.array(z.unknown()) }),
  options: z.looseObject({}),
  targets: z.array(Target).min(1),
})

const Variable = z.object({ name: z.string(), type: z.string(), query: z.unknown() })
const Annotation = z.object({ name: z.string(), datasource: OurPrometheus, expr: z.string(), titleFormat: z.string() })

/** What a dashboard must have so that Grafana draws it. @see https://grafana.com/docs/grafana/latest/dashboards/ */
export const Dashboard = z.object({
  id: z.null(),
  uid: z.string(),
  title: z.string(),
  schemaVersion: z.int(),
  panels: z.array(Panel).min(1),
  annotations: z.object({ list: z.array(Annotation) }),
  templating: z.object({ list: z.array(Variable) }),
})

export const dashboardText = readFileSync(new URL('../../config/grafana/nephoscope.json', import.meta.url), 'utf8')

/** Every expression of the dashboard with all of each variable chosen, and where it is. */
export function dashboardExpressions(): { where: string; expr: string }[] {
  const { panels, annotations } = Dashboard.parse(JSON.parse(dashboardText))
  const written = [
    ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ where: title, expr }))),
    ...annotations.list.map(({ name, expr }) => ({ where: name, expr })),
  ]
  const all = (expr: string) => expr.replaceAll('$__range', '1h').replace(/\$(?:provider|stack|annotated)\b/g, '.*')
  return written.map(({ where, expr }) => ({ where, expr: all(expr) }))
}
