import { clip } from '../../text/plain-text.ts'
import type { Message } from './message.ts'
import { shortenToFit, summaryOf, type Wording, wordingOf } from './wording.ts'

/** A message as Slack's Block Kit has it. @see https://docs.slack.dev/reference/block-kit/blocks */
export type SlackMessage = {
  /** For notifications and screen readers. */
  text: string
  blocks: object[]
  /** Only an attachment has a bar in a colour. */
  attachments: [{ color: string; fallback: string; blocks: object[] }]
  metadata: { event_type: string; event_payload: { id: string; conversation: string; n: number } }
  unfurl_links: false
  unfurl_media: false
}

/** Message → Block Kit. A source's own words are plain text wherever a block allows it, else escaped. Pure. */
export const slackMessage = (message: Message): SlackMessage =>
  shortenToFit(message, slackMessageOf, ({ attachments }) => {
    const [{ blocks }] = attachments
    return size(blocks) <= MAX_BLOCKS && blocks.every(block => size(block) <= MAX_SECTION)
  })

/** Slack refuses blocks of more than some 13,000 characters together as `msg_blocks_too_long`. */
const MAX_BLOCKS = 12_000
/** A text of a section has 3,000 characters. */
const MAX_SECTION = 3_000
const MAX_HEADER = 150
const size = (json: unknown): number => JSON.stringify(json).length

function slackMessageOf(message: Message): SlackMessage {
  const wording = wordingOf(message)
  const { glyph, headline, colour } = wording
  const { id, conversation, n } = message
  const text = escapeMrkdwn(summaryOf(wording))
  return {
    text,
    blocks: [{ type: 'header', text: plain(clip(`${glyph} ${headline}`, MAX_HEADER)) }],
    attachments: [{ color: colour, fallback: text, blocks: detailsOf(wording) }],
    metadata: { event_type: 'nephoscope_message', event_payload: { id, conversation, n } },
    unfurl_links: false,
    unfurl_media: false,
  }
}

function detailsOf({ state, facts, why, words, also, links, sender }: Wording): object[] {
  const told = [`*${escapeMrkdwn(state)}*`, ...facts.map(([label, value]) => `${label}: ${escapeMrkdwn(value)}`)]
  const mentioned = also === null ? [] : [`*${also.heading}*`, ...also.lines.map(alsoLine), also.more ?? '']
  return [
    { type: 'section', text: mrkdwn(told) },
    ...(why === null ? [] : [{ type: 'section', text: plain(why) }]),
    ...(words === null ? [] : [{ type: 'section', text: plain(words) }]),
    ...(also === null ? [] : [{ type: 'section', text: mrkdwn(mentioned) }]),
    { type: 'context', elements: [plain(sender)] },
    ...(links.length === 0 ? [] : [{ type: 'actions', elements: links.map(button) }]),
  ]
}

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false })

/** `verbatim`: names of people and channels, and bare addresses, stay text. */
const mrkdwn = (lines: readonly string[]) => ({ type: 'mrkdwn', text: lines.join('\n').trim(), verbatim: true })

const alsoLine = ({ glyph, text, state, url }: { glyph: string; text: string; state: string; url: string | null }) =>
  `${glyph} ${url === null ? escapeMrkdwn(text) : `<${escapeMrkdwn(url).replaceAll('|', '%7C')}|${escapeMrkdwn(text)}>`} (${state})`

/** Every command of mrkdwn stands in angle brackets. @see https://docs.slack.dev/messaging/formatting-message-text#escaping */
const escapeMrkdwn = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const button = ({ text, url }: { text: string; url: string }) => ({
  type: 'button',
  text: plain(text),
  url,
  action_id: text.toLowerCase(),
  ...(text === 'Acknowledge' ? { style: 'primary' } : {}),
})
