import { z } from 'zod'
import { type Reply, simulatedService } from './simulated-service.ts'

const PATH = '/api/webhooks/1234567890123456789/a-token_of_the_webhook'
const THREAD = '1111111111111111111'

const Embed = z
  .strictObject({
    title: z.string().min(1).max(256),
    url: z.url().optional(),
    description: z.string().max(4096),
    color: z.int().min(0).max(0xffffff),
    footer: z.strictObject({ text: z.string().min(1).max(2048) }),
    timestamp: z.iso.datetime(),
  })
  .refine(({ title, description, footer }) => title.length + description.length + footer.text.length <= 6000)
const Message = z.strictObject({
  embeds: z.array(Embed).min(1).max(10),
  allowed_mentions: z.strictObject({ parse: z.array(z.enum(['roles', 'users', 'everyone'])) }),
})
export type DiscordMessage = z.infer<typeof Message>

/** A channel with one webhook and one thread. @see https://docs.discord.com/developers/resources/webhook */
export async function startDiscord() {
  const messages = new Map<string, DiscordMessage>()
  const told: DiscordMessage[] = []
  const threads: (string | null)[] = []
  const says = (status: number, code: number, message: string): Reply => ({ status, json: { code, message } })
  const service = await simulatedService(({ method, path, query, body }) => {
    if (!path.startsWith(PATH)) return says(404, 10015, 'Unknown Webhook')
    const thread = query.get('thread_id')
    if (thread !== null && thread !== THREAD) return says(404, 10003, 'Unknown Channel')
    const parsed = Message.safeParse(JSON.parse(body))
    if (!parsed.success) return says(400, 50035, `Invalid Form Body ${parsed.error.message}`)
    const [, edited] = /^\/messages\/(\d+)$/.exec(path.slice(PATH.length)) ?? []
    if (method === 'PATCH' && edited !== undefined) {
      if (!messages.has(edited)) return says(404, 10008, 'Unknown Message')
      messages.set(edited, parsed.data)
      return { status: 200, json: { id: edited } }
    }
    if (method !== 'POST' || path !== PATH) return says(405, 0, '405: Method Not Allowed')
    const id = String(2_000_000_000_000_000_000n + BigInt(told.length))
    messages.set(id, parsed.data)
    told.push(parsed.data)
    threads.push(thread)
    return query.get('wait') === 'true' ? { status: 200, json: { id, embeds: parsed.data.embeds } } : { status: 204 }
  })
  return {
    ...service,
    config: { url: service.origin + PATH },
    thread: THREAD,
    /** As they are now, by their ids. */
    messages,
    /** The thread of each, or the channel itself. */
    threads,
    received: () =>
      told.map(({ embeds }) => {
        const [, n, conversation = '', key = ''] = /· (\d+) of (.*) · (.*)$/.exec(embeds[0]?.footer.text ?? '') ?? []
        return { key, conversation, n: Number(n) }
      }),
  }
}
