import { z } from 'zod'
import { WebUrl } from '../../../shared/domain/primitives.ts'
import { clip } from '../../text/plain-text.ts'
import { exchangeJson, judge, readAnswer } from '../http-target.ts'
import { type SendDeps, type Sent, target } from '../target.ts'
import { markdownOf } from '../words/markdown.ts'
import type { Message } from '../words/message.ts'
import { shortenToFit, wordingOf } from '../words/wording.ts'

const DiscordConfig = z.strictObject({
  url: WebUrl,
  /** The thread of the webhook's channel that messages go to. */
  thread: z
    .string()
    .regex(/^\d{1,20}$/, "must be a thread's id, which is a number: write it in quotes")
    .optional(),
})
type DiscordConfig = z.infer<typeof DiscordConfig>

/** @property first the id of the conversation's first message */
type DiscordRequest = { json: DiscordMessage; first: string | null }
type DiscordMessage = { embeds: [Embed]; allowed_mentions: { parse: [] } }
type Embed = {
  title: string
  url?: string
  description: string
  color: number
  footer: { text: string }
  timestamp: string
}

/**
 * A webhook of Discord. The first message of a conversation is edited to how things are now; each change is told by a
 * message of its own too, as an edit notifies nobody. @see https://docs.discord.com/developers/resources/webhook
 */
export const discord = target<DiscordConfig, DiscordRequest>({
  kind: 'discord',
  config: DiscordConfig,
  secrets: ['url'],
  dropsDoubles: false,
  render: (message, _config, handle) => ({
    json: { embeds: [embedOf(message)], allowed_mentions: { parse: [] } },
    first: handle,
  }),
  async send({ json, first }, config, deps) {
    const edited = first === null ? null : await call('PATCH', `/messages/${first}`, json, config, deps)
    if (edited?.kind === 'retry') return edited
    const posted = await call('POST', '', json, config, deps)
    // a first message that somebody deleted is replaced by this one
    return edited?.kind === 'sent' && posted.kind === 'sent' && first !== null
      ? { kind: 'sent', handle: first }
      : posted
  },
})

const MAX_TITLE = 256
/** Below the 4,096 of a description, as all texts of an embed together have 6,000. */
const MAX_DESCRIPTION = 4_000

const embedOf = (message: Message): Embed =>
  shortenToFit(message, drawEmbed, ({ description }) => description.length <= MAX_DESCRIPTION)

function drawEmbed(message: Message): Embed {
  const wording = wordingOf(message)
  const { glyph, headline, colour, links, sender } = wording
  const { n, conversation, id, at } = message
  const [open] = links
  return {
    title: titleOf(`${glyph} ${headline}`),
    ...(open?.text === 'Open' ? { url: open.url } : {}),
    description: markdownOf(wording, escapeMarkdown),
    color: Number.parseInt(colour.slice(1), 16),
    footer: { text: `${sender} · ${n} of ${conversation} · ${id}` },
    timestamp: at,
  }
}

/** Cut before it is escaped, so that no escape is cut. */
function titleOf(headline: string): string {
  let length = MAX_TITLE
  while (escapeMarkdown(clip(headline, length)).length > MAX_TITLE) length -= 8
  return escapeMarkdown(clip(headline, length))
}

/** A backslash takes their meaning from marks, mentions, emojis and addresses alike. */
const escapeMarkdown = (text: string): string => text.replace(/[\\*_~`|>#\-+[\]()<@:]/g, '\\$&')

const Answer = z.object({ id: z.string().regex(/^\d{1,20}$/) })
const Limited = z.object({ retry_after: z.number().nonnegative() })

async function call(
  method: 'POST' | 'PATCH',
  path: string,
  json: DiscordMessage,
  { url, thread }: DiscordConfig,
  deps: Pick<SendDeps, 'http'>,
): Promise<Sent> {
  const address = new URL(url)
  address.pathname = address.pathname.replace(/\/$/, '') + path
  if (method === 'POST') address.searchParams.set('wait', 'true') // only then the answer has the message's id
  if (thread !== undefined) address.searchParams.set('thread_id', thread)
  const answer = await exchangeJson({ method, url: address.href, json }, deps)
  const judged = judge(answer)
  if (answer.kind !== 'answered') return judged
  if (judged.kind === 'retry') {
    const exact = readAnswer(Limited, answer.body)
    return exact === null ? judged : { ...judged, afterMs: Math.ceil(exact.retry_after * 1000) }
  }
  const handle = readAnswer(Answer, answer.body)?.id
  return judged.kind === 'sent' && handle !== undefined ? { kind: 'sent', handle } : judged
}
