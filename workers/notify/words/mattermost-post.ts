import { markdownOf } from './markdown.ts'
import type { Message } from './message.ts'
import { shortenToFit, summaryOf, wordingOf } from './wording.ts'

/** A post of Mattermost: one attachment, as only that has a bar in a colour. */
export type MattermostPost = {
  attachments: [{ fallback: string; color: string; title: string; title_link?: string; text: string; footer: string }]
  /** To find a message by its id. */
  mark: { id: string; conversation: string; n: number }
}

/** Message → post. Pure. @see https://developers.mattermost.com/integrate/reference/message-attachments/ */
export const mattermostPost = (message: Message): MattermostPost =>
  shortenToFit(message, drawPost, post => JSON.stringify(post.attachments).length <= MAX_LENGTH)

/** Older servers refuse attachments of more than 7,900 characters together. */
const MAX_LENGTH = 7_500

function drawPost(message: Message): MattermostPost {
  const wording = wordingOf(message)
  const { glyph, headline, colour, links, sender } = wording
  const { id, conversation, n } = message
  const [open] = links
  const attachment = {
    fallback: withoutMentions(summaryOf(wording)),
    color: colour,
    title: escapeMarkdown(`${glyph} ${headline}`),
    ...(open?.text === 'Open' ? { title_link: open.url } : {}),
    text: markdownOf(wording, escapeMarkdown),
    footer: sender,
  }
  return { attachments: [attachment], mark: { id, conversation, n } }
}

/** Marks get a backslash; mentions are found before Markdown is read, so that a space of no width parts them. */
const escapeMarkdown = (text: string): string =>
  withoutMentions(text.replace(/[\\*_~`|>#\-+[\]()<&:!]/g, '\\$&').replace(/^(\s{0,3}\d{1,9})\./gm, '$1\\.'))

const withoutMentions = (text: string): string => text.replaceAll('@', '@\u200b')
