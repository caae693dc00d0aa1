import { startDiscord } from './discord.ts'
import { startEmail } from './email.ts'
import { startGoogleChat } from './google-chat.ts'
import { startMatrix } from './matrix.ts'
import { startMattermost } from './mattermost.ts'
import { startMattermostWebhook } from './mattermost-webhook.ts'
import { startMqtt } from './mqtt.ts'
import { startNtfy } from './ntfy.ts'
import { startOpsgenie } from './opsgenie.ts'
import { startPagerduty } from './pagerduty.ts'
import type { Received } from './simulated-service.ts'
import { startSlack } from './slack.ts'
import { startSlackWebhook } from './slack-webhook.ts'
import { startTeams } from './teams.ts'
import { startWebhook } from './webhook.ts'

/** What every simulated service has, whatever its protocol. */
export type Service = {
  /** A target's line in the sources file, without `id` and `kind`. */
  config: object
  received(): Received[]
  fail(rate: number, random: () => number): void
  stop(): Promise<void>
}

/** The service of each kind of target. */
export const startService: Readonly<Record<string, () => Promise<Service>>> = {
  discord: startDiscord,
  email: startEmail,
  'google-chat': startGoogleChat,
  matrix: startMatrix,
  mattermost: startMattermost,
  'mattermost-webhook': startMattermostWebhook,
  mqtt: startMqtt,
  ntfy: startNtfy,
  opsgenie: startOpsgenie,
  pagerduty: startPagerduty,
  slack: startSlack,
  'slack-webhook': startSlackWebhook,
  teams: startTeams,
  webhook: startWebhook,
}
