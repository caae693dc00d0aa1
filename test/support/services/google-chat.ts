import { z } from 'zod'
import { simulatedService } from './simulated-service.ts'

const PATH = '/v1/spaces/AAAAAAAAAAA/messages'

/** The HTML that a card's text may have; all else is shown as it is, or dropped. */
const Html = z
  .string()
  .min(1)
  .refine(text => !/<(?!\/?(?:b|br|a|font)\b)/.test(text), 'has elements that a card does not know')
const Widget = z.union([
  z.strictObject({ textParagraph: z.strictObject({ text: Html }) }),
  z.strictObject({ decoratedText: z.strictObject({ topLabel: z.string(), text: Html, wrapText: z.literal(true) }) }),
  z.strictObject({
    buttonList: z.strictObject({
      buttons: z.array(
        z.strictObject({ text: z.string(), onClick: z.strictObject({ openLink: z.strictObject({ url: z.url() }) }) }),
      ),
    }),
  }),
])
const Body = z.strictObject({
  fallbackDescription: z.string(),
  thread: z.strictObject({ threadKey: z.string().min(1).max(4000) }),
  cardsV2: z
    .array(
      z.strictObject({
        cardId: z.string(),
        card: z.strictObject({
          header: z.strictObject({ title: z.string().min(1), subtitle: z.string() }),
          sections: z.array(z.strictObject({ widgets: z.array(Widget).min(1).max(100) })).min(1),
        }),
      }),
    )
    .min(1),
})
export type GoogleChatMessage = z.infer<typeof Body>

/** A space with one webhook. @see https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages/create */
export async function startGoogleChat() {
  const messages: GoogleChatMessage[] = []
  const names = new Map<string, string>()
  const threads = new Map<string, GoogleChatMessage[]>()
  const service = await simulatedService(({ method, path, query, body }) => {
    const says = (code: number, status: string, message = status) => ({
      status: code,
      json: { error: { code, message, status } },
    })
    if (path !== PATH || method !== 'POST') return says(404, 'NOT_FOUND')
    if (query.get('key') !== 'k' || query.get('token') !== 't') return says(403, 'PERMISSION_DENIED')
    if (Buffer.byteLength(body) > 32_000) return says(400, 'INVALID_ARGUMENT', 'Message cannot be larger than 32000')
    const parsed = Body.safeParse(JSON.parse(body))
    if (!parsed.success) return says(400, 'INVALID_ARGUMENT', parsed.error.message)
    const requestId = query.get('requestId') ?? `none-${messages.length}`
    const known = names.get(requestId)
    if (known !== undefined) return { status: 200, json: { name: known } }
    const name = `spaces/AAAAAAAAAAA/messages/m${messages.length}`
    const { threadKey } = parsed.data.thread
    // without the option, a message begins a thread of its own
    const isReply = query.get('messageReplyOption') === 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD'
    const thread = isReply ? threadKey : name
    names.set(requestId, name)
    messages.push(parsed.data)
    threads.set(thread, [...(threads.get(thread) ?? []), parsed.data])
    return { status: 200, json: { name, thread: { name: thread } } }
  })
  return {
    ...service,
    config: { url: `${service.origin}${PATH}?key=k&token=t` },
    messages,
    threads,
    received: () =>
      messages.map(({ cardsV2 }) => {
        const [key = '', conversation = '', n] = (cardsV2[0]?.cardId ?? '').split(' ')
        return { key: decodeURIComponent(key), conversation: decodeURIComponent(conversation), n: Number(n) }
      }),
  }
}
