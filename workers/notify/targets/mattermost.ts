import { z } from 'zod'
import { WebUrl } from '../../../shared/domain/primitives.ts'
import { type JsonRequest, readAnswer, sendJson } from '../http-target.ts'
import { keyOf } from '../key-of.ts'
import { type SendDeps, type Sent, target } from '../target.ts'
import { mattermostPost } from '../words/mattermost-post.ts'

/** Ids of Mattermost. */
const Id = z.string().regex(/^[a-z0-9]{26}$/, 'must be an id of 26 letters and digits (Channel info shows it)')

const MattermostConfig = z.strictObject({
  server: WebUrl.transform(url => url.replace(/\/$/, '')),
  /** Of a bot account that is in the channel. */
  token: z.string().regex(/^\S{8,200}$/, "must be a bot's access token"),
  channel: Id,
})
type MattermostConfig = z.infer<typeof MattermostConfig>

/** @property root the id of the conversation's first post */
type MattermostRequest = { message: string; props: object; pendingId: string; root: string | null }

/**
 * A bot of Mattermost. The first post of a conversation always says how things are now; each change is a reply to it.
 * @see https://developers.mattermost.com/api-documentation/#/operations/CreatePost
 */
export const mattermost = target<MattermostConfig, MattermostRequest>({
  kind: 'mattermost',
  config: MattermostConfig,
  secrets: ['token'],
  dropsDoubles: false, // it does, but only for some 30 s
  render(message, _config, handle) {
    const { attachments, mark } = mattermostPost(message)
    const root = Id.safeParse(handle).data ?? null
    return { message: '', props: { attachments, nephoscope: mark }, pendingId: keyOf(message.id), root }
  },
  async send(request, config, deps) {
    const { root, message, props } = request
    if (root === null) return post(request, config, deps)
    const edited = await call('PUT', `/posts/${root}/patch`, { message, props }, config, deps)
    if (edited.kind === 'retry') return edited
    // a first post that somebody deleted has no replies: this one takes its place
    return post({ ...request, root: edited.kind === 'sent' ? root : null }, config, deps)
  },
})

async function post(
  { message, props, pendingId, root }: MattermostRequest,
  config: MattermostConfig,
  deps: Pick<SendDeps, 'http'>,
): Promise<Sent> {
  const json = { channel_id: config.channel, message, props, pending_post_id: pendingId, root_id: root ?? '' }
  const posted = await call('POST', '/posts', json, config, deps)
  return posted.kind === 'sent' && root !== null ? { kind: 'sent', handle: root } : posted
}

const Answer = z.object({ id: Id })

const call = (
  method: NonNullable<JsonRequest['method']>,
  path: string,
  json: object,
  { server, token }: MattermostConfig,
  deps: Pick<SendDeps, 'http'>,
): Promise<Sent> =>
  sendJson(
    { method, url: `${server}/api/v4${path}`, headers: { authorization: `Bearer ${token}` }, json },
    deps,
    body => readAnswer(Answer, body)?.id,
  )
