import { z } from 'zod'
import { simulatedService } from './simulated-service.ts'

const TOKEN = 'syt_bmVwaG9zY29wZQ_0123456789'
const ROOM = '!clouds:example.org'

const plain = {
  msgtype: z.literal('m.text'),
  body: z.string(),
  format: z.literal('org.matrix.custom.html'),
  formatted_body: z.string(),
  'm.mentions': z.strictObject({}),
}
const Mark = z.object({ id: z.string(), conversation: z.string(), n: z.int() })
const Content = z.object({
  ...plain,
  'app.nephoscope.message': Mark.optional(),
  'm.new_content': z.object(plain).optional(),
  'm.relates_to': z
    .discriminatedUnion('rel_type', [
      z.object({
        rel_type: z.literal('m.thread'),
        event_id: z.string(),
        is_falling_back: z.literal(true),
        'm.in_reply_to': z.object({ event_id: z.string() }),
      }),
      z.object({ rel_type: z.literal('m.replace'), event_id: z.string() }),
    ])
    .optional(),
})
export type MatrixEvent = { id: string; content: z.infer<typeof Content> }

/** A homeserver with one room. @see https://spec.matrix.org/latest/client-server-api/ */
export async function startMatrix() {
  const events: MatrixEvent[] = []
  const byTransaction = new Map<string, string>()
  const service = await simulatedService(({ method, path, headers, body }) => {
    if (headers.authorization !== `Bearer ${TOKEN}`)
      return { status: 401, json: { errcode: 'M_UNKNOWN_TOKEN', error: 'Unrecognised access token' } }
    const [, room, transaction] =
      /^\/_matrix\/client\/v3\/rooms\/([^/]+)\/send\/m\.room\.message\/([^/]+)$/.exec(path) ?? []
    if (method !== 'PUT' || room === undefined || transaction === undefined)
      return { status: 404, json: { errcode: 'M_UNRECOGNIZED', error: 'Unrecognized request' } }
    if (decodeURIComponent(room) !== ROOM)
      return { status: 403, json: { errcode: 'M_FORBIDDEN', error: 'User not in room' } }
    if (Buffer.byteLength(body) > 60_000) return { status: 413, json: { errcode: 'M_TOO_LARGE', error: 'too large' } }
    const known = byTransaction.get(transaction)
    if (known !== undefined) return { status: 200, json: { event_id: known } }
    const parsed = Content.safeParse(JSON.parse(body))
    if (!parsed.success) return { status: 400, json: { errcode: 'M_BAD_JSON', error: parsed.error.message } }
    const id = `$event${events.length}`
    events.push({ id, content: parsed.data })
    byTransaction.set(transaction, id)
    return { status: 200, json: { event_id: id } }
  })
  return {
    ...service,
    config: { homeserver: `${service.origin}/`, token: TOKEN, room: ROOM },
    events,
    received: () =>
      events.flatMap(({ content }) => {
        const mark = content['app.nephoscope.message']
        return mark === undefined ? [] : [{ key: mark.id, conversation: mark.conversation, n: mark.n }]
      }),
  }
}
