import { z } from 'zod'
import { type Reply, simulatedService } from './simulated-service.ts'

const ROUTING_KEY = 'R0123456789abcdefghijklmnopqrstu'

const Event = z.object({
  routing_key: z.string().length(32),
  event_action: z.enum(['trigger', 'acknowledge', 'resolve']),
  dedup_key: z.string().min(1).max(255),
  client: z.string().optional(),
  client_url: z.url().optional(),
  links: z.array(z.object({ href: z.url(), text: z.string() })).optional(),
  payload: z.object({
    summary: z.string().min(1).max(1024),
    source: z.string().min(1),
    severity: z.enum(['critical', 'error', 'warning', 'info']),
    timestamp: z.iso.datetime().optional(),
    component: z.string().optional(),
    group: z.string().optional(),
    class: z.string().optional(),
    custom_details: z.record(z.string(), z.unknown()).optional(),
  }),
})
export type PagerDutyEvent = z.infer<typeof Event>

/** Events API v2. @see https://developer.pagerduty.com/docs/send-alert-event */
export async function startPagerduty() {
  const events: PagerDutyEvent[] = []
  const alerts = new Map<string, 'triggered' | 'acknowledged' | 'resolved'>()
  const invalid = (...errors: string[]): Reply => ({
    status: 400,
    json: { status: 'invalid event', message: 'Event object is invalid', errors },
  })
  const service = await simulatedService(({ method, path, body, headers }) => {
    if (method !== 'POST' || path !== '/v2/enqueue') return { status: 404 }
    if (!headers['content-type']?.startsWith('application/json')) return invalid('not JSON')
    if (Buffer.byteLength(body) > 512 * 1024) return { status: 413 }
    const parsed = Event.safeParse(JSON.parse(body))
    if (!parsed.success)
      return invalid(...parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`))
    const event = parsed.data
    if (event.routing_key !== ROUTING_KEY) return invalid("'routing_key' is invalid")
    events.push(event)
    const before = alerts.get(event.dedup_key)
    const isOpen = before === 'triggered' || before === 'acknowledged'
    if (event.event_action === 'trigger') alerts.set(event.dedup_key, isOpen ? before : 'triggered')
    else if (isOpen) alerts.set(event.dedup_key, event.event_action === 'resolve' ? 'resolved' : 'acknowledged')
    return { status: 202, json: { status: 'success', message: 'Event processed', dedup_key: event.dedup_key } }
  })
  return {
    ...service,
    config: { routingKey: ROUTING_KEY, api: service.origin },
    events,
    alerts,
    received: () =>
      events.map(({ dedup_key, payload }) => {
        const [, key = '', n] = /^(.*) \((\d+)\)$/.exec(String(payload.custom_details?.Message)) ?? []
        return { key, conversation: dedup_key, n: Number(n) }
      }),
  }
}
