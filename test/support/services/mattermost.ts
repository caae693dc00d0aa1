import { z } from 'zod'
import { type Reply, simulatedService } from './simulated-service.ts'

const TOKEN = 'abcdefghijklmnopqrstuvwxyz'
const CHANNEL = 'channel00000000000000clouds'.slice(0, 26)

const Attachment = z.strictObject({
  fallback: z.string().min(1),
  color: z.string().regex(/^#[0-9a-f]{6}$/),
  title: z.string(),
  title_link: z.url().optional(),
  text: z.string(),
  footer: z.string().optional(),
})
const Mark = z.strictObject({ id: z.string(), conversation: z.string(), n: z.int() })
export const Attachments = z
  .array(Attachment)
  .min(1)
  .refine(attachments => JSON.stringify(attachments).length <= 7_900, 'Maximum attachments length is 7900 characters')
const Props = z.strictObject({ attachments: Attachments, nephoscope: Mark })
const Post = z.strictObject({
  channel_id: z.string(),
  message: z.string().max(16_383),
  root_id: z.string(),
  pending_post_id: z.string(),
  props: Props,
})
const Patch = z.strictObject({ message: z.string().max(16_383), props: Props })

export type MattermostPost = { id: string; root_id: string; props: z.infer<typeof Props> }

export const receivedOf = ({ id, conversation, n }: z.infer<typeof Mark>) => ({ key: id, conversation, n })
export const MarkedProps = z.strictObject({ nephoscope: Mark })

/** A server's API with one channel, in which one bot is. @see https://developers.mattermost.com/api-documentation/ */
export async function startMattermost() {
  const posts = new Map<string, MattermostPost>()
  const told: MattermostPost[] = []
  const byPending = new Map<string, string>()
  const says = (status: number, id: string, message = id): Reply => ({
    status,
    json: { id, message, status_code: status },
  })
  const service = await simulatedService(({ method, path, headers, body }) => {
    if (headers.authorization !== `Bearer ${TOKEN}`) return says(401, 'api.context.session_expired.app_error')
    const [, patched] = /^\/api\/v4\/posts\/([a-z0-9]{26})\/patch$/.exec(path) ?? []
    if (method === 'PUT' && patched !== undefined) {
      const parsed = Patch.safeParse(JSON.parse(body))
      const before = posts.get(patched)
      if (before === undefined) return says(404, 'app.post.get.app_error')
      if (!parsed.success) return says(400, 'api.context.invalid_body_param.app_error', parsed.error.message)
      posts.set(patched, { ...before, props: parsed.data.props })
      return { status: 200, json: { id: patched } }
    }
    if (method !== 'POST' || path !== '/api/v4/posts') return says(404, 'api.context.404.app_error')
    const parsed = Post.safeParse(JSON.parse(body))
    if (!parsed.success) return says(400, 'api.context.invalid_body_param.app_error', parsed.error.message)
    const { channel_id, root_id, pending_post_id, props } = parsed.data
    if (channel_id !== CHANNEL) return says(403, 'api.context.permissions.app_error')
    if (root_id !== '' && !posts.has(root_id)) return says(400, 'api.post.create_post.root_id.app_error')
    const known = byPending.get(pending_post_id) // a real one forgets after half a minute
    if (known !== undefined) return { status: 201, json: { id: known } }
    const id = `post${String(told.length).padStart(22, '0')}`
    const post = { id, root_id, props }
    posts.set(id, post)
    byPending.set(pending_post_id, id)
    told.push(post)
    return { status: 201, json: { id } }
  })
  return {
    ...service,
    config: { server: `${service.origin}/`, token: TOKEN, channel: CHANNEL },
    /** As they are now, by their ids. */
    posts,
    received: () => told.map(({ props }) => receivedOf(props.nephoscope)),
  }
}
