import { z } from 'zod'
import { simulatedService } from './simulated-service.ts'

const PATH = '/workflows/0123456789abcdef/triggers/manual/paths/invoke'
const SIGNATURE = 'sig-0123456789'

const OpenUrl = z.strictObject({ type: z.literal('Action.OpenUrl'), title: z.string().optional(), url: z.url() })
const TextRun = z.strictObject({
  type: z.literal('TextRun'),
  text: z.string().min(1),
  size: z.enum(['Small', 'Default', 'Medium', 'Large', 'ExtraLarge']).optional(),
  weight: z.enum(['Lighter', 'Default', 'Bolder']).optional(),
  isSubtle: z.boolean().optional(),
  selectAction: OpenUrl.optional(),
})
const RichTextBlock = z.strictObject({ type: z.literal('RichTextBlock'), inlines: z.array(TextRun).min(1) })
const Container = z.strictObject({
  type: z.literal('Container'),
  id: z.string(),
  style: z.enum(['default', 'emphasis', 'good', 'attention', 'warning', 'accent']),
  bleed: z.boolean(),
  items: z.array(RichTextBlock).min(1),
})
const Card = z.strictObject({
  $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
  type: z.literal('AdaptiveCard'),
  version: z.literal('1.4'),
  msteams: z.strictObject({ width: z.literal('Full') }),
  fallbackText: z.string(),
  body: z.array(z.discriminatedUnion('type', [RichTextBlock, Container])).min(1),
  actions: z.array(OpenUrl).max(6), // Teams shows no more
})
export type TeamsCard = z.infer<typeof Card>
const Body = z.strictObject({
  type: z.literal('message'),
  attachments: z
    .array(
      z.strictObject({
        contentType: z.literal('application/vnd.microsoft.card.adaptive'),
        contentUrl: z.null(),
        content: Card,
      }),
    )
    .min(1),
})

/** A workflow of Power Automate. @see https://adaptivecards.io/explorer/AdaptiveCard.html */
export async function startTeams() {
  const cards: TeamsCard[] = []
  const service = await simulatedService(({ method, path, query, body }) => {
    const says = (status: number, code: string) => ({ status, json: { error: { code, message: code } } })
    if (path !== PATH || method !== 'POST') return says(404, 'WorkflowNotFound')
    if (query.get('sig') !== SIGNATURE) return says(401, 'DirectApiAuthorizationRequired')
    if (Buffer.byteLength(body) > 28 * 1024) return says(413, 'RequestEntityTooLarge')
    const parsed = Body.safeParse(JSON.parse(body))
    if (!parsed.success) return says(400, `TriggerInputSchemaMismatch ${parsed.error.message}`)
    cards.push(...parsed.data.attachments.map(({ content }) => content))
    return { status: 202 }
  })
  return {
    ...service,
    config: { url: `${service.origin}${PATH}?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${SIGNATURE}` },
    cards,
    received: () =>
      cards.map(({ body: [head] }) => {
        const [key = '', conversation = '', n] = (head?.type === 'Container' ? head.id : '').split(' ')
        return { key: decodeURIComponent(key), conversation: decodeURIComponent(conversation), n: Number(n) }
      }),
  }
}

/** All texts of a card, as they are shown. */
export const textsOf = ({ body }: TeamsCard): string[] =>
  body
    .flatMap(block => (block.type === 'Container' ? block.items : [block]))
    .map(({ inlines }) => inlines.map(({ text }) => text).join(''))
