import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { Message } from '../../../workers/notify/words/message.ts'
import { simulatedService } from './simulated-service.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

const Body = z.strictObject({ type: z.string(), timestamp: z.iso.datetime(), data: Message })
export type ReceivedWebhook = z.infer<typeof Body>

/** A receiver that checks signatures with the specification's own library, and takes each id once. */
export async function startWebhook() {
  const bodies: ReceivedWebhook[] = []
  const seen = new Set<string>()
  const verifier = new Webhook(SECRET)
  const service = await simulatedService(({ headers, body }) => {
    const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    try {
      verifier.verify(body, signed)
    } catch (error) {
      return { status: 401, json: { message: String(error) } }
    }
    const parsed = Body.safeParse(JSON.parse(body))
    if (!parsed.success) return { status: 400, json: { message: parsed.error.message } }
    const id = String(headers['webhook-id'])
    if (!seen.has(id)) bodies.push(parsed.data)
    seen.add(id)
    return { status: 204 }
  })
  return {
    ...service,
    config: { url: `${service.origin}/hook?from=nephoscope`, secret: SECRET },
    bodies,
    received: () => bodies.map(({ data }) => ({ key: data.id, conversation: data.conversation, n: data.n })),
  }
}
