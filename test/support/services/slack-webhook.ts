import { simulatedService } from './simulated-service.ts'
import { areBlocksTooLong, receivedOf, SlackPayload } from './slack.ts'

const PATH = '/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX'

/** An incoming webhook. @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export async function startSlackWebhook() {
  const told: SlackPayload[] = []
  const service = await simulatedService(({ method, path, body }) => {
    if (path !== PATH) return { status: 404, text: 'no_service' }
    if (method !== 'POST') return { status: 400, text: 'invalid_payload' }
    const parsed = SlackPayload.safeParse(JSON.parse(body))
    if (!parsed.success || areBlocksTooLong(parsed.data)) return { status: 400, text: 'invalid_blocks' }
    told.push(parsed.data)
    return { status: 200, text: 'ok' }
  })
  return { ...service, config: { url: service.origin + PATH }, told, received: () => told.map(receivedOf) }
}
