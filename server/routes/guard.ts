import type { Context, Middleware } from 'koa'
import { Channel } from '../../shared/domain/channels.ts'
import { channelOfStack } from '../../shared/domain/stack-channels.ts'
import type { Access } from '../access/access.ts'
import type { ChannelKeys } from '../access/channel-keys.ts'
import type { Signer } from '../access/signer.ts'
import { isData } from '../http/app.ts'
import type { BaseUrl } from '../http/base-url.ts'
import { channelOfStatuspage } from '../outward/statuspage.ts'
import { getEvents, getStream } from './events.ts'
import { getFeedKey } from './outward.ts'
import { mayLoadPictures, openPictures } from './pictures.ts'
import { getCompactSnapshot, getSnapshot } from './snapshot.ts'

export type GuardDeps = {
  /** Unset: reading is open. */
  viewToken: string | undefined
  access: Access
  signer: Pick<Signer, 'sign'>
  channelKeys: Pick<ChannelKeys, 'opens'>
  base: BaseUrl
  basePath: string
}

/**
 * With a view token set, data needs a token that may read. The page holds no data and asks for the token. Documents of
 * one channel open to that channel's key too, for readers that cannot send headers, and pictures to the browser of
 * whoever was given a snapshot.
 */
export function guard(deps: GuardDeps): Middleware {
  const { viewToken, access, signer, channelKeys, base, basePath } = deps
  return async (ctx, pass) => {
    if (viewToken === undefined || !isData(ctx.path)) return pass()
    const next = async () => {
      await pass()
      keepPrivate(ctx)
    }
    const cookie = { signer, viewToken, basePath }
    if (/^\/img\//i.test(ctx.path) && mayLoadPictures(ctx, cookie, access.isAdmitted)) return next()
    if (await opensPath(ctx.query.key, ctx.path, channelKeys)) return next()
    const bearer = await access.demand(ctx, 'view')
    // a key or a subscription would outlive the admission of the screen that asked for it
    if (bearer.screen !== null && /^\/api\/(?:feed-key|push-)/i.test(ctx.path))
      ctx.throw(403, 'keys are not given to screens')
    if (bearer.token !== null && /^\/api\/push-/i.test(ctx.path))
      ctx.throw(403, 'a subscription would outlive a token with a name: subscribe with the view token')
    if (bearer.stack !== null && !isOfStack(ctx, bearer.stack)) ctx.throw(403, stackRule(bearer.stack))
    ctx.res.once('close', bearer.hold({ cut: () => ctx.res.destroy() }))
    if (ctx.path === getCompactSnapshot.path)
      openPictures(ctx, bearer.screen ?? bearer.token, base(ctx).startsWith('https:'), cookie)
    await next()
  }
}

/** Whether all that a request reads is told in the channel of a stack. */
function isOfStack(ctx: Context, stack: string): boolean {
  const channel = channelOfStack(stack)
  if (ctx.path === `/api/stacks/${stack}` || describes.has(ctx.path)) return true
  if (byChannels.has(ctx.path)) return ctx.query.channels === channel
  if (ctx.path === getFeedKey.path) return ctx.query.channel === channel
  return channelOfPath(ctx.path) === channel
}

/** Routes that take the channels that they answer of. */
const byChannels: ReadonlySet<string> = new Set([getSnapshot.path, getEvents.path, getStream.path])
/** Routes that say nothing of what happens. */
const describes: ReadonlySet<string> = new Set(['/api/openapi.json', '/api/asyncapi.json'])

const stackRule = (stack: string): string =>
  `this token is for the stack '${stack}' alone: it reads /api/stacks/${stack}, the documents of stack/${stack}, and ${[...byChannels].join(', ')} with channels=stack/${stack}`

/** Whoever asked may keep the answer; a cache that many ask may not, as keys stand in addresses. */
function keepPrivate(ctx: Context): void {
  const rules = (ctx.response.get('Cache-Control') || '').split(/,\s*/)
  if (rules.includes('no-store') || rules.includes('private')) return
  const kept = rules.filter(rule => rule !== '' && rule !== 'public' && !rule.startsWith('s-maxage'))
  ctx.set('Cache-Control', ['private', ...kept].join(', '))
}

async function opensPath(key: unknown, path: string, { opens }: Pick<ChannelKeys, 'opens'>): Promise<boolean> {
  const channel = channelOfPath(path)
  return typeof key === 'string' && channel !== undefined && opens(key, channel)
}

function channelOfPath(path: string): Channel | undefined {
  const named = documentPaths.map(pattern => pattern.exec(path)?.[1]).find(channel => channel !== undefined)
  return Channel.safeParse(named ?? channelOfStatuspage(path)).data
}

const documentPaths = [
  /^\/feeds\/(.+)\.(?:rss|atom|json)$/,
  /^\/calendar\/(.+)\.ics$/,
  /^\/badge\/(.+)\.svg$/,
  /^\/card\/(.+)\.png$/,
  /^\/embed\/(.+)$/,
]
