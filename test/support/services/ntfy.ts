import { z } from 'zod'
import { simulatedService } from './simulated-service.ts'

const TOKEN = 'tk_0123456789abcdefghijklmnopqr'

const Publication = z.strictObject({
  topic: z.string().regex(/^[-_A-Za-z0-9]{1,64}$/),
  sequence_id: z
    .string()
    .regex(/^[-_A-Za-z0-9]{1,64}$/)
    .optional(),
  title: z.string().max(250),
  message: z.string(),
  priority: z.int().min(1).max(5),
  tags: z.array(z.string()),
  click: z.url().optional(),
  actions: z.array(z.object({ action: z.literal('view'), label: z.string().min(1), url: z.url() })).max(3),
})
export type NtfyPublication = z.infer<typeof Publication>

/** A server of ntfy 2.16 to which one token may write. @see https://docs.ntfy.sh/publish/#publish-as-json */
export async function startNtfy() {
  const published: NtfyPublication[] = []
  const marks: string[] = []
  const bad = (code: number, status: number, error: string) => ({ status, json: { code, http: status, error } })
  const service = await simulatedService(({ method, path, headers, body }) => {
    if (method !== 'POST' || path !== '/') return bad(40401, 404, 'page not found')
    if (headers.authorization !== `Bearer ${TOKEN}`) return bad(40301, 403, 'forbidden')
    const parsed = Publication.safeParse(JSON.parse(body))
    if (!parsed.success) return bad(40024, 400, 'invalid request: request body must be valid JSON')
    if (Buffer.byteLength(parsed.data.message) > 4096) return bad(41301, 413, 'message too large')
    published.push(parsed.data)
    marks.push(String(headers['nephoscope-message']))
    return { status: 200, json: { id: 'm1', time: 1, event: 'message', ...parsed.data } }
  })
  return {
    ...service,
    config: { server: `${service.origin}/`, topic: 'clouds', token: TOKEN },
    published,
    /** What a phone shows: the newest of each sequence. */
    shown: () => [...new Map(published.map(one => [one.sequence_id, one])).values()],
    received: () =>
      published.map(({ sequence_id = '' }, index) => {
        const [id = '', n] = marks[index]?.split(' ') ?? []
        return { key: decodeURIComponent(id), conversation: sequence_id, n: Number(n) }
      }),
  }
}
