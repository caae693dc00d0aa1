import { z } from 'zod'
import { WebUrl } from '../../../shared/domain/primitives.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { sendJson } from '../http-target.ts'
import { target } from '../target.ts'
import type { Message } from '../words/message.ts'
import { jsonBytes, shortenToFit, summaryOf, type Wording, wordingOf } from '../words/wording.ts'

const TeamsConfig = z.strictObject({ url: WebUrl })

/**
 * A workflow of Microsoft Teams ('When a Teams webhook request is received'), which posts an Adaptive Card. It cannot
 * edit or reply: every change is a card of its own.
 * @see https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
 */
export const teams = target<z.infer<typeof TeamsConfig>, object>({
  kind: 'teams',
  config: TeamsConfig,
  secrets: ['url'],
  dropsDoubles: false,
  render: message => shortenToFit(message, bodyOf, body => jsonBytes(body) <= MAX_BYTES),
  send: (json, { url }, deps) => sendJson({ url, json }, deps),
})

/** Teams has 28 KB for a message, with what it adds itself. */
const MAX_BYTES = 21_000

const bodyOf = (message: Message) => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: cardOf(message) }],
})

/** The texts are runs, which have no Markdown: a title can neither link nor mention. @see https://adaptivecards.io/explorer/TextRun.html */
function cardOf(message: Message) {
  const wording = wordingOf(message)
  const { glyph, headline, state, facts, why, words, also, links, sender } = wording
  const { id, conversation, n, status } = message
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    fallbackText: summaryOf(wording),
    body: [
      {
        type: 'Container',
        id: [id, conversation, n].map(part => encodeURIComponent(part)).join(' '), // to find a message by its id
        style: styles[status],
        bleed: true,
        items: [
          line(run(headline, { size: 'Large', weight: 'Bolder' })),
          line(run(`${glyph} ${state}`, { weight: 'Bolder' })),
        ],
      },
      ...facts.map(([label, value]) => line(run(`${label}: `, { isSubtle: true }), run(value))),
      ...(why === null ? [] : [line(run(why))]),
      ...(words === null ? [] : words.split('\n').map(words => line(run(words)))),
      ...(also === null ? [] : alsoLines(also)),
      line(run(sender, { isSubtle: true, size: 'Small' })),
    ],
    actions: links.map(({ text, url }) => ({ type: 'Action.OpenUrl', title: text, url })),
  }
}

const line = (...inlines: object[]) => ({ type: 'RichTextBlock', inlines })

/** An empty run is not valid. */
const run = (text: string, look: object = {}) => ({ type: 'TextRun', text: text === '' ? ' ' : text, ...look })

const alsoLines = ({ heading, lines, more }: NonNullable<Wording['also']>) => [
  line(run(heading, { weight: 'Bolder' })),
  ...lines.map(({ glyph, text, state, url }) => {
    const opens = url === null ? {} : { selectAction: { type: 'Action.OpenUrl', url } }
    return line(run(`${glyph} `), run(text, opens), run(` (${state})`))
  }),
  ...(more === null ? [] : [line(run(more))]),
]

const styles: Readonly<Record<Status, string>> = {
  operational: 'good',
  under_maintenance: 'accent',
  degraded_performance: 'warning',
  partial_outage: 'warning',
  major_outage: 'attention',
  unknown: 'emphasis',
}
