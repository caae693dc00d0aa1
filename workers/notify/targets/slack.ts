import { z } from 'zod'
import { WebUrl } from '../../../shared/domain/primitives.ts'
import { exchangeJson, judge, readAnswer } from '../http-target.ts'
import { type SendDeps, type Sent, target } from '../target.ts'
import type { Message } from '../words/message.ts'
import { type SlackMessage, slackMessage } from '../words/slack-message.ts'

const SlackConfig = z.strictObject({
  /** A bot's token, with the scope `chat:write`. */
  token: z.string().regex(/^\S{8,500}$/, "must be a bot's token, such as xoxb-…"),
  /** Its id or name; the bot must be a member. */
  channel: z.string().min(1).max(100),
  api: WebUrl.default('https://slack.com/api'),
})
type SlackConfig = z.infer<typeof SlackConfig>

/** @property first the conversation's first message, where there is one to edit and to reply to */
type SlackRequest = { json: SlackMessage; first: Posted | null; broadcast: boolean }
type Posted = { channel: string; ts: string }

/**
 * A bot of Slack. The first message of a conversation always says how things are now; each change is a reply to it,
 * which the channel sees as well where it needs attention. @see https://docs.slack.dev/reference/methods/chat.postMessage
 */
export const slack = target<SlackConfig, SlackRequest>({
  kind: 'slack',
  config: SlackConfig,
  secrets: ['token'],
  dropsDoubles: false,
  render: (message, _config, handle) => ({
    json: slackMessage(message),
    first: postedOf(handle),
    broadcast: needsAttention(message),
  }),
  async send({ json, first, broadcast }, config, deps) {
    if (first === null) return post(json, config, deps)
    const edited = await call('chat.update', { ...json, ...first }, config, deps)
    if (edited.kind === 'retry') return edited
    if (edited.kind === 'refused' && edited.why.includes('message_not_found')) return post(json, config, deps)
    // an edit that is not allowed any more must not keep the reply from being told
    const reply = { ...json, channel: first.channel, thread_ts: first.ts, reply_broadcast: broadcast }
    const replied = await call('chat.postMessage', reply, config, deps)
    return replied.kind === 'sent' ? { kind: 'sent', handle: handleOf(first) } : replied
  },
})

/** Handles are `<channel>:<ts>`; only the answer has the channel's id, which editing needs. */
const handleOf = ({ channel, ts }: Posted): string => `${channel}:${ts}`

function postedOf(handle: string | null): Posted | null {
  const [, channel, ts] = /^([^:]+):([\d.]+)$/.exec(handle ?? '') ?? []
  return channel === undefined || ts === undefined ? null : { channel, ts }
}

const needsAttention = ({ occasion, isOver }: Message): boolean =>
  isOver || occasion === 'worse' || occasion === 'again' || occasion === 'lifted'

const post = (json: SlackMessage, config: SlackConfig, deps: Pick<SendDeps, 'http'>): Promise<Sent> =>
  call('chat.postMessage', { ...json, channel: config.channel }, config, deps)

const Answer = z.object({
  ok: z.boolean(),
  error: z.string().max(200).optional(),
  channel: z.string().max(100).optional(),
  ts: z.string().max(100).optional(),
})

/** Slack says most errors with the status 200. */
async function call(
  method: string,
  json: object,
  { api, token }: SlackConfig,
  deps: Pick<SendDeps, 'http'>,
): Promise<Sent> {
  const url = `${api.replace(/\/$/, '')}/${method}`
  const answer = await exchangeJson({ url, headers: { authorization: `Bearer ${token}` }, json }, deps)
  const judged = judge(answer)
  if (judged.kind !== 'sent' || answer.kind !== 'answered') return judged
  const said = readAnswer(Answer, answer.body)
  if (said === null) return { kind: 'retry', why: "the answer is not Slack's", afterMs: null }
  const { ok, channel, ts, error = 'no reason' } = said
  if (ok) return channel && ts ? { kind: 'sent', handle: handleOf({ channel, ts }) } : { kind: 'sent' }
  if (passing.has(error)) return { kind: 'retry', why: `Slack: ${error}`, afterMs: answer.retryAfterMs }
  return { kind: 'refused', why: `Slack: ${error}${mends.get(error) ?? ''}` }
}

const passing: ReadonlySet<string> = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
])

const mends: ReadonlyMap<string, string> = new Map([
  ['not_in_channel', ': invite the bot to the channel'],
  ['channel_not_found', ': check the channel, and invite the bot to it'],
  ['invalid_auth', ': check the token'],
  ['token_revoked', ': give it a new token'],
  ['missing_scope', ': give the app the scope chat:write, and install it again'],
])
