import { z } from 'zod'
import { WebUrl } from '../../../shared/domain/primitives.ts'
import { sendJson } from '../http-target.ts'
import { target } from '../target.ts'
import { type SlackMessage, slackMessage } from '../words/slack-message.ts'

const SlackWebhookConfig = z.strictObject({ url: WebUrl })

/**
 * An incoming webhook of Slack. It cannot edit or reply: every change is a message of its own.
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export const slackWebhook = target<z.infer<typeof SlackWebhookConfig>, SlackMessage>({
  kind: 'slack-webhook',
  config: SlackWebhookConfig,
  secrets: ['url'],
  dropsDoubles: false,
  render: message => slackMessage(message),
  send: (json, { url }, deps) => sendJson({ url, json }, deps),
})
