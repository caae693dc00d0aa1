import type { AnyTarget } from '../target.ts'
import { discord } from './discord.ts'
import { email } from './email.ts'
import { googleChat } from './google-chat.ts'
import { matrix } from './matrix.ts'
import { mattermost } from './mattermost.ts'
import { mattermostWebhook } from './mattermost-webhook.ts'
import { mqtt } from './mqtt.ts'
import { ntfy } from './ntfy.ts'
import { opsgenie } from './opsgenie.ts'
import { pagerduty } from './pagerduty.ts'
import { slack } from './slack.ts'
import { slackWebhook } from './slack-webhook.ts'
import { teams } from './teams.ts'
import { webhook } from './webhook.ts'

/** Every kind of target, by the name that the sources file gives it. */
export const targetKinds: Readonly<Record<string, AnyTarget>> = {
  discord,
  email,
  'google-chat': googleChat,
  matrix,
  mattermost,
  'mattermost-webhook': mattermostWebhook,
  mqtt,
  ntfy,
  opsgenie,
  pagerduty,
  slack,
  'slack-webhook': slackWebhook,
  teams,
  webhook,
}
