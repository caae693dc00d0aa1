import { z } from 'zod'
import { simulatedService } from './simulated-service.ts'

const API_KEY = 'b1f2c3d4-0000-4000-8000-feedfacecafe'

const priority = z.enum(['P1', 'P2', 'P3', 'P4', 'P5'])
const Alert = z.strictObject({
  message: z.string().min(1).max(130),
  alias: z.string().max(512),
  description: z.string().max(15_000),
  entity: z.string().max(512),
  source: z.string().max(100),
  priority,
  tags: z.array(z.string().max(50)).max(20),
  details: z.record(z.string(), z.string()).refine(details => JSON.stringify(details).length <= 8_000),
})
const Act = z.strictObject({
  user: z.string().max(100).optional(),
  source: z.string().max(100),
  note: z.string().max(25_000),
})
const Priority = z.strictObject({ priority })

export type OpsgenieAlert = z.infer<typeof Alert> & {
  count: number
  status: 'open' | 'closed'
  acknowledged: boolean
  owner: string | null
  notes: string[]
}

/** Alert API v2. @see https://docs.opsgenie.com/docs/alert-api */
export async function startOpsgenie() {
  const alerts = new Map<string, OpsgenieAlert>()
  const marks: { mark: string; alias: string }[] = []
  const accepted = { status: 202, json: { result: 'Request will be processed', took: 0.1, requestId: 'r1' } }
  const service = await simulatedService(({ method, path, query, headers, body }) => {
    if (headers.authorization !== `GenieKey ${API_KEY}`)
      return { status: 401, json: { message: 'Could not authenticate', took: 0, requestId: 'r1' } }
    const json: unknown = JSON.parse(body)
    const unprocessable = (why: string) => ({ status: 422, json: { message: why, took: 0, requestId: 'r1' } })
    if (method === 'POST' && path === '/v2/alerts') {
      const parsed = Alert.safeParse(json)
      if (!parsed.success) return unprocessable(parsed.error.message)
      const { alias, details } = parsed.data
      marks.push({ mark: details.Message ?? '', alias })
      const known = alerts.get(alias)
      if (known?.status === 'open') known.count++
      else alerts.set(alias, { ...parsed.data, count: 1, status: 'open', acknowledged: false, owner: null, notes: [] })
      return accepted
    }
    const [, alias = '', what] = /^\/v2\/alerts\/([\w-]+)\/(\w+)$/.exec(path) ?? []
    if (what === undefined || query.get('identifierType') !== 'alias') return { status: 404, json: { message: 'no' } }
    const alert = alerts.get(alias)
    if (method === 'PUT' && what === 'priority') {
      const parsed = Priority.safeParse(json)
      if (!parsed.success) return unprocessable(parsed.error.message)
      if (alert) alert.priority = parsed.data.priority
      return accepted
    }
    const parsed = Act.safeParse(json)
    if (!parsed.success) return unprocessable(parsed.error.message)
    if (what !== 'notes') marks.push({ mark: parsed.data.note.split('\n').at(-1) ?? '', alias })
    // it is accepted whether there is such an alert or not, and found out later
    alert?.notes.push(parsed.data.note)
    if (alert && what === 'close') alert.status = 'closed'
    if (alert && what === 'acknowledge') Object.assign(alert, { acknowledged: true, owner: parsed.data.user ?? null })
    if (alert && what === 'unacknowledge') alert.acknowledged = false
    return accepted
  })
  return {
    ...service,
    config: { apiKey: API_KEY, api: `${service.origin}/` },
    alerts,
    received: () =>
      marks.map(({ mark, alias }) => {
        const [, key = '', n] = /^(.*) \((\d+)\)$/.exec(mark) ?? []
        return { key, conversation: alias, n: Number(n) }
      }),
  }
}
