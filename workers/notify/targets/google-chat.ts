import { z } from 'zod'
import { WebUrl } from '../../../shared/domain/primitives.ts'
import { sendJson } from '../http-target.ts'
import { keyOf } from '../key-of.ts'
import { target } from '../target.ts'
import { escapeHtml } from '../words/escape-html.ts'
import type { Message } from '../words/message.ts'
import { jsonBytes, shortenToFit, summaryOf, type Wording, wordingOf } from '../words/wording.ts'

const GoogleChatConfig = z.strictObject({ url: WebUrl })

/**
 * An incoming webhook of a space of Google Chat: one thread a conversation. A second request of the same `requestId`
 * gets the first one's message. @see https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages/create
 */
export const googleChat = target<z.infer<typeof GoogleChatConfig>, { requestId: string; json: object }>({
  kind: 'google-chat',
  config: GoogleChatConfig,
  secrets: ['url'],
  dropsDoubles: true,
  render: message => ({
    requestId: keyOf(message.id),
    json: shortenToFit(message, bodyOf, body => jsonBytes(body) <= MAX_BYTES),
  }),
  send({ requestId, json }, { url }, deps) {
    const address = new URL(url)
    address.searchParams.set('messageReplyOption', 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD')
    address.searchParams.set('requestId', requestId)
    return sendJson({ url: address.href, json }, deps)
  },
})

/** A message has 32,000 with its text and cards. */
const MAX_BYTES = 30_000

function bodyOf(message: Message) {
  const wording = wordingOf(message)
  const { id, conversation, n } = message
  return {
    fallbackDescription: summaryOf(wording),
    thread: { threadKey: conversation },
    cardsV2: [{ cardId: [id, conversation, n].map(part => encodeURIComponent(part)).join(' '), card: cardOf(wording) }],
  }
}

/** The titles of a card are plain text; the texts of its widgets are a little HTML. */
function cardOf({ glyph, state, headline, facts, why, words, also, links, sender }: Wording) {
  const widgets = [
    ...facts.map(([label, value]) => ({ decoratedText: { topLabel: label, text: escapeHtml(value), wrapText: true } })),
    ...(why === null ? [] : [paragraph(escapeHtml(why))]),
    ...(words === null ? [] : [paragraph(escapeHtml(words).replaceAll('\n', '<br>'))]),
    ...(also === null ? [] : [paragraph(alsoHtml(also))]),
    ...(links.length === 0 ? [] : [{ buttonList: { buttons: links.map(button) } }]),
    paragraph(`<font color="#5e6676">${escapeHtml(sender)}</font>`),
  ]
  return { header: { title: headline, subtitle: `${glyph} ${state}` }, sections: [{ widgets }] }
}

const paragraph = (text: string) => ({ textParagraph: { text } })

const button = ({ text, url }: { text: string; url: string }) => ({ text, onClick: { openLink: { url } } })

const alsoHtml = ({ heading, lines, more }: NonNullable<Wording['also']>): string =>
  [
    `<b>${heading}</b>`,
    ...lines.map(({ glyph, text, state, url }) => {
      const name = url === null ? escapeHtml(text) : `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`
      return `${glyph} ${name} (${state})`
    }),
    ...(more === null ? [] : [more]),
  ].join('<br>')
