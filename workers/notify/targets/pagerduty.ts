import { z } from 'zod'
import { WebUrl } from '../../../shared/domain/primitives.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { clip } from '../../text/plain-text.ts'
import { sendJson } from '../http-target.ts'
import { keyOf } from '../key-of.ts'
import { target } from '../target.ts'
import type { Message } from '../words/message.ts'
import { jsonBytes, shortenToFit, wordingOf } from '../words/wording.ts'

const PagerDutyConfig = z.strictObject({
  /** The integration key of a service's 'Events API v2'. */
  routingKey: z
    .string()
    .regex(/^[A-Za-z0-9]{32}$/, 'must be the 32 letters and digits of an Events API v2 integration'),
  region: z.enum(['us', 'eu']).default('us'),
  /** In place of the region's own. */
  api: WebUrl.optional(),
})
type PagerDutyConfig = z.infer<typeof PagerDutyConfig>

const apis = { us: 'https://events.pagerduty.com', eu: 'https://events.eu.pagerduty.com' }

/** An event of 512 kB is refused; ours say all that they say in far less. */
const MAX_BYTES = 32_000

type Severity = 'critical' | 'error' | 'warning' | 'info'
type Action = 'trigger' | 'acknowledge' | 'resolve'

/** One alert a conversation, by its key. @see https://developer.pagerduty.com/docs/send-alert-event */
export const pagerduty = target<PagerDutyConfig, object[]>({
  kind: 'pagerduty',
  config: PagerDutyConfig,
  secrets: ['routingKey'],
  dropsDoubles: true,
  render(message, { routingKey }) {
    const event = (action: Action) =>
      shortenToFit(
        message,
        shorter => eventOf(shorter, action, routingKey),
        rendered => jsonBytes(rendered) <= MAX_BYTES,
      )
    if (message.occasion === 'digest') return null
    if (message.occasion === 'test') return [event('trigger'), event('resolve')]
    return [event(actionOf(message))]
  },
  async send(events, { region, api = apis[region] }, deps) {
    for (const json of events) {
      const sent = await sendJson({ url: `${api}/v2/enqueue`, json }, deps)
      if (sent.kind !== 'sent') return sent
    }
    return { kind: 'sent' }
  },
})

function actionOf({ isOver, occasion }: Message): Action {
  if (isOver) return 'resolve'
  return occasion === 'acknowledged' ? 'acknowledge' : 'trigger'
}

function eventOf(message: Message, action: Action, routingKey: string): object {
  const wording = wordingOf(message)
  const { headline, state, facts, why, words, also, links } = wording
  const lines = also?.lines.map(line => `${line.text} (${line.state})`) ?? []
  return {
    routing_key: routingKey,
    event_action: action,
    dedup_key: keyOf(message.conversation),
    client: wording.sender,
    ...(message.url === null ? {} : { client_url: message.url }),
    links: links.map(({ text, url }) => ({ text, href: url })),
    payload: {
      summary: clip(`${state}. ${headline}`, 1024),
      source: message.place === '' ? 'Nephoscope' : message.place,
      severity: message.occasion === 'test' ? 'info' : severities[message.status],
      timestamp: message.at,
      component: message.place,
      class: message.occasion,
      custom_details: {
        ...Object.fromEntries(facts),
        ...(why === null ? {} : { Why: why }),
        ...(words === null ? {} : { 'Last words': words }),
        ...(lines.length === 0 ? {} : { Also: [...lines, ...(also?.more ? [also.more] : [])] }),
        Message: `${message.id} (${message.n})`,
      },
    },
  }
}

const severities: Readonly<Record<Status, Severity>> = {
  major_outage: 'critical',
  partial_outage: 'error',
  degraded_performance: 'warning',
  unknown: 'warning',
  under_maintenance: 'info',
  operational: 'info',
}
