import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { WebUrl } from '../../../shared/domain/primitives.ts'
import { sendJson } from '../http-target.ts'
import { keyOf } from '../key-of.ts'
import { target } from '../target.ts'
import type { Message, Occasion } from '../words/message.ts'

const WebhookConfig = z.strictObject({
  url: WebUrl,
  /** 24 to 64 random bytes in Base64. */
  secret: z
    .string()
    .regex(
      /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/,
      'must be whsec_ and 24 to 64 bytes in Base64: openssl rand -base64 32',
    ),
})
type WebhookConfig = z.infer<typeof WebhookConfig>

/** The body of every webhook. `data` is the message, whole. */
export type WebhookBody = { type: string; timestamp: string; data: Message }

/** Any program, by the specification of Standard Webhooks. @see https://www.standardwebhooks.com */
export const webhook = target<WebhookConfig, WebhookBody>({
  kind: 'webhook',
  config: WebhookConfig,
  secrets: ['secret'],
  dropsDoubles: true,
  render: message => ({ type: types[message.occasion], timestamp: message.at, data: message }),
  send(json, { url, secret }, { http, now }) {
    const id = `msg_${keyOf(json.data.id)}` // the same for every attempt
    const at = new Date(now())
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, JSON.stringify(json)),
    }
    return sendJson({ url, headers, json }, { http })
  },
})

const types: Readonly<Record<Occasion, string>> = {
  opened: 'incident.opened',
  worse: 'incident.worse',
  better: 'incident.better',
  resolved: 'incident.resolved',
  again: 'incident.again',
  acknowledged: 'incident.acknowledged',
  lifted: 'incident.lifted',
  maintenance: 'maintenance.ahead',
  unreachable: 'probe.unreachable',
  silent: 'source.silent',
  digest: 'digest',
  test: 'test',
}
