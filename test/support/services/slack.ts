import { z } from 'zod'
import { type Reply, simulatedService } from './simulated-service.ts'

const TOKEN = 'xoxb-0123456789-abcdefghijkl'
const CHANNEL = 'C024BE91L'

const PlainText = z.strictObject({
  type: z.literal('plain_text'),
  text: z.string().min(1).max(3000),
  emoji: z.boolean(),
})
const Mrkdwn = z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(3000), verbatim: z.boolean() })
const Text = z.discriminatedUnion('type', [PlainText, Mrkdwn])
const Button = z.strictObject({
  type: z.literal('button'),
  text: PlainText.extend({ text: z.string().min(1).max(75) }),
  url: z.url().max(3000),
  action_id: z.string().max(255),
  style: z.enum(['primary', 'danger']).optional(),
})
const Block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), text: PlainText.extend({ text: z.string().min(1).max(150) }) }),
  z.strictObject({ type: z.literal('section'), text: Text }),
  z.strictObject({ type: z.literal('context'), elements: z.array(Text).min(1).max(10) }),
  z.strictObject({ type: z.literal('actions'), elements: z.array(Button).min(1).max(25) }),
])

/** What Slack takes of a message, whichever way it comes. @see https://docs.slack.dev/reference/block-kit/blocks */
export const SlackPayload = z.object({
  text: z.string().max(40_000),
  blocks: z.array(Block).max(50),
  attachments: z
    .array(
      z.strictObject({
        color: z.string().regex(/^#[0-9a-f]{6}$/),
        fallback: z.string(),
        blocks: z.array(Block).max(50),
      }),
    )
    .max(100),
  metadata: z.strictObject({
    event_type: z.string().regex(/^\w{1,255}$/),
    event_payload: z.object({ id: z.string(), conversation: z.string(), n: z.int() }),
  }),
})
export type SlackPayload = z.infer<typeof SlackPayload>

/** Blocks of more than some 13,000 characters together are refused. */
export const areBlocksTooLong = ({ blocks, attachments }: SlackPayload): boolean =>
  JSON.stringify([blocks, attachments]).length > 13_000

export const receivedOf = ({ metadata: { event_payload } }: SlackPayload) => {
  const { id, conversation, n } = event_payload
  return { key: id, conversation, n }
}

/** The commands that Slack would carry out: mentions, and links. @see https://docs.slack.dev/messaging/formatting-message-text */
export const commandsIn = (payload: SlackPayload): string[] => {
  const texts = [payload.text]
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    if ('type' in node && node.type === 'mrkdwn' && 'text' in node) texts.push(String(node.text))
    Object.values(node).forEach(collect)
  }
  collect(payload)
  return texts.flatMap(text => text.match(/<[^>]*>/g) ?? [])
}

const Post = SlackPayload.extend({
  channel: z.string(),
  thread_ts: z.string().optional(),
  reply_broadcast: z.boolean().optional(),
})
const Update = SlackPayload.extend({ channel: z.string(), ts: z.string() })

export type SlackMessage = SlackPayload & {
  ts: string
  thread_ts?: string | undefined
  reply_broadcast?: boolean | undefined
}

/** Slack's Web API with one channel, in which one bot is. It says errors with the status 200. */
export async function startSlack() {
  const messages = new Map<string, SlackMessage>()
  const told: SlackPayload[] = []
  const says = (error: string): Reply => ({ status: 200, json: { ok: false, error } })
  const service = await simulatedService(({ method, path, headers, body }) => {
    if (method !== 'POST') return says('invalid_post_type')
    if (headers.authorization !== `Bearer ${TOKEN}`) return says('invalid_auth')
    if (!headers['content-type']?.startsWith('application/json')) return says('invalid_post_type')
    const json: unknown = JSON.parse(body)
    const schema = path === '/api/chat.postMessage' ? Post : path === '/api/chat.update' ? Update : null
    if (schema === null) return says('unknown_method')
    const parsed = schema.safeParse(json)
    if (!parsed.success) return says(`invalid_blocks ${parsed.error.message}`)
    if (areBlocksTooLong(parsed.data)) return says('msg_blocks_too_long')
    if ('ts' in parsed.data) {
      const { channel, ts } = Update.parse(json)
      if (channel !== CHANNEL) return says('channel_not_found') // an edit needs the id
      const before = messages.get(ts)
      if (before === undefined) return says('message_not_found')
      messages.set(ts, { ...before, ...SlackPayload.parse(json) })
      return { status: 200, json: { ok: true, channel, ts } }
    }
    const post = Post.parse(json)
    if (post.channel !== CHANNEL && post.channel !== '#clouds') return says('channel_not_found')
    if (post.thread_ts !== undefined && !messages.has(post.thread_ts)) return says('thread_not_found')
    const ts = `1764000000.${String(told.length).padStart(6, '0')}`
    messages.set(ts, { ...post, ts })
    told.push(post)
    return { status: 200, json: { ok: true, channel: CHANNEL, ts } }
  })
  return {
    ...service,
    config: { token: TOKEN, channel: '#clouds', api: `${service.origin}/api` },
    /** As they are now, by their `ts`. */
    messages,
    received: () => told.map(receivedOf),
  }
}
