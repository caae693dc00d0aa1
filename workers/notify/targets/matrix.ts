import { z } from 'zod'
import { WebUrl } from '../../../shared/domain/primitives.ts'
import { readAnswer, sendJson } from '../http-target.ts'
import { keyOf } from '../key-of.ts'
import { type SendDeps, type Sent, target } from '../target.ts'
import { escapeHtml } from '../words/escape-html.ts'
import type { Message } from '../words/message.ts'
import { jsonBytes, shortenToFit, textOf, type Wording, wordingOf } from '../words/wording.ts'

const MatrixConfig = z.strictObject({
  homeserver: WebUrl.transform(url => url.replace(/\/$/, '')),
  /** The access token of a user who is in the room. */
  token: z.string().min(8, 'must be an access token').max(2000),
  room: z.string().regex(/^![^\s/]{1,254}$/, "must be the room's id, which begins with ! (Room settings, Advanced)"),
})
type MatrixConfig = z.infer<typeof MatrixConfig>

/** An event has 64 KiB, with all that the server adds to it. */
const MAX_BYTES = 30_000

/** `transaction` makes a second request of it the same event. */
type MatrixEvent = { transaction: string; content: object }

/**
 * One thread a conversation; its first event is edited to how things are now. Each request has a transaction id, by
 * which the server drops doubles. @see https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid
 */
export const matrix = target<MatrixConfig, { events: MatrixEvent[]; first: string | null }>({
  kind: 'matrix',
  config: MatrixConfig,
  secrets: ['token'],
  dropsDoubles: true,
  render(message, _config, first) {
    const content = shortenToFit(message, contentOf, rendered => jsonBytes(rendered) <= MAX_BYTES)
    const mark = { 'app.nephoscope.message': { id: message.id, conversation: message.conversation, n: message.n } }
    const transaction = keyOf(message.id)
    if (first === null || message.n === 1) return { events: [{ transaction, content: { ...content, ...mark } }], first }
    const inThread = {
      rel_type: 'm.thread',
      event_id: first,
      is_falling_back: true,
      'm.in_reply_to': { event_id: first },
    }
    const edit = {
      ...content,
      body: `* ${content.body}`,
      'm.new_content': content,
      'm.relates_to': { rel_type: 'm.replace', event_id: first },
    }
    return {
      events: [
        { transaction, content: { ...content, ...mark, 'm.relates_to': inThread } },
        { transaction: `${transaction}-edit`, content: edit },
      ],
      first,
    }
  },
  async send({ events, first }, config, deps) {
    let handle = first
    for (const event of events) {
      const sent = await put(event, config, deps)
      if (sent.kind !== 'sent') return sent
      handle ??= sent.handle ?? null
    }
    return handle === null
      ? { kind: 'retry', why: 'the answer has no event_id', afterMs: null }
      : { kind: 'sent', handle }
  },
})

async function put(event: MatrixEvent, config: MatrixConfig, deps: Pick<SendDeps, 'http'>): Promise<Sent> {
  const { homeserver, room, token } = config
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/${event.transaction}`
  const headers = { authorization: `Bearer ${token}` }
  const request = { method: 'PUT', url: homeserver + path, headers, json: event.content } as const
  const sent = await sendJson(request, deps, body => readAnswer(Answer, body)?.event_id)
  if (sent.kind !== 'retry' || sent.afterMs !== null) return sent
  const [, wait] = /"retry_after_ms":\s{0,4}(\d{1,9})/.exec(sent.why) ?? [] // servers before 1.10 say it only there
  return wait === undefined ? sent : { ...sent, afterMs: Number(wait) }
}

const Answer = z.object({ event_id: z.string().max(255) })

/** Nobody is mentioned, whatever a title says. */
function contentOf(message: Message) {
  const wording = wordingOf(message)
  return {
    msgtype: 'm.text',
    body: textOf(wording),
    format: 'org.matrix.custom.html',
    formatted_body: htmlOf(wording),
    'm.mentions': {},
  }
}

function htmlOf(wording: Wording): string {
  const { colour, headline, state, glyph, facts, why, words, also, links } = wording
  const link = (text: string, url: string | null) =>
    url === null ? escapeHtml(text) : `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`
  const parts = [
    `<p><strong>${escapeHtml(glyph)} <font color="${colour}" data-mx-color="${colour}">${escapeHtml(state)}</font></strong><br>${escapeHtml(headline)}</p>`,
    ...facts.map(([label, value]) => `<p>${escapeHtml(label)}: ${escapeHtml(value)}</p>`),
    why === null ? '' : `<p>${escapeHtml(why)}</p>`,
    words === null ? '' : `<blockquote>${escapeHtml(words).replaceAll('\n', '<br>')}</blockquote>`,
    also === null ? '' : `<p>${escapeHtml(also.heading)}</p><ul>`,
    ...(also?.lines.map(
      line => `<li>${escapeHtml(line.glyph)} ${link(line.text, line.url)} (${escapeHtml(line.state)})</li>`,
    ) ?? []),
    also?.more ? `<li>${escapeHtml(also.more)}</li>` : '',
    also === null ? '' : '</ul>',
    links.length === 0 ? '' : `<p>${links.map(({ text, url }) => link(text, url)).join(' · ')}</p>`,
  ]
  return parts.join('')
}
