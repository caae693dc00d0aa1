import { z } from 'zod'
import { WebUrl } from '../../../shared/domain/primitives.ts'
import { sendJson } from '../http-target.ts'
import { target } from '../target.ts'
import { mattermostPost } from '../words/mattermost-post.ts'

const MattermostWebhookConfig = z.strictObject({ url: WebUrl })

/**
 * An incoming webhook of Mattermost. It cannot edit or reply: every change is a post of its own.
 * @see https://developers.mattermost.com/integrate/webhooks/incoming/
 */
export const mattermostWebhook = target<z.infer<typeof MattermostWebhookConfig>, object>({
  kind: 'mattermost-webhook',
  config: MattermostWebhookConfig,
  secrets: ['url'],
  dropsDoubles: false,
  render(message) {
    const { attachments, mark } = mattermostPost(message)
    return { attachments, props: { nephoscope: mark } }
  },
  send: (json, { url }, deps) => sendJson({ url, json }, deps),
})
