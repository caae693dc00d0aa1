import { z } from 'zod'
import { Attachments, MarkedProps, receivedOf } from './mattermost.ts'
import { simulatedService } from './simulated-service.ts'

const PATH = '/hooks/abcdefghijklmnopqrstuvwxyz'

const Body = z.strictObject({ attachments: Attachments, props: MarkedProps })
export type MattermostHookPost = z.infer<typeof Body>

/** An incoming webhook. @see https://developers.mattermost.com/integrate/webhooks/incoming/ */
export async function startMattermostWebhook() {
  const posts: MattermostHookPost[] = []
  const service = await simulatedService(({ method, path, body }) => {
    if (path !== PATH || method !== 'POST')
      return { status: 404, json: { id: 'web.incoming_webhook.invalid.app_error' } }
    const parsed = Body.safeParse(JSON.parse(body))
    if (!parsed.success) return { status: 400, json: { id: 'web.incoming_webhook', message: parsed.error.message } }
    posts.push(parsed.data)
    return { status: 200, text: 'ok' }
  })
  return {
    ...service,
    config: { url: service.origin + PATH },
    posts,
    received: () => posts.map(({ props }) => receivedOf(props.nephoscope)),
  }
}
