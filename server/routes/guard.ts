import type { Middleware } from 'koa'
import { Channel } from '../../shared/domain/channels.ts'
import type { ChannelKeys } from '../access/channel-keys.ts'
import type { Signer } from '../access/signer.ts'
import { bearerToken, demandToken, type WrongTokens } from '../http/admission.ts'
import { isData } from '../http/app.ts'
import type { BaseUrl } from '../http/base-url.ts'
import { channelOfStatuspage } from '../outward/statuspage.ts'
import type { AdmittedScreens } from '../screens/admitted-screens.ts'
import { mayLoadPictures, openPictures } from './pictures.ts'
import { getCompactSnapshot } from './snapshot.ts'

export type GuardDeps = {
  /** Unset: reading is open. */
  viewToken: string | undefined
  adminToken: string | undefined
  signer: Pick<Signer, 'sign'>
  channelKeys: Pick<ChannelKeys, 'opens'>
  screens: { admitted: Pick<AdmittedScreens, 'identify' | 'hold' | 'isAdmitted'> }
  wrongTokens: WrongTokens
  base: BaseUrl
  basePath: string
}

/**
 * With a view token set, data needs it, the admin's or a screen's token. The page holds no data and asks for the token.
 * Documents of one channel open to that channel's key too, for readers that cannot send headers, and pictures to the
 * browser of whoever was given a snapshot.
 */
export function guard(deps: GuardDeps): Middleware {
  const { viewToken, adminToken, signer, channelKeys, screens, wrongTokens, base, basePath } = deps
  const { admitted } = screens
  const tokens = [viewToken, adminToken].filter(token => token !== undefined)
  return async (ctx, next) => {
    if (viewToken === undefined || !isData(ctx.path)) return next()
    const cookie = { signer, viewToken, basePath }
    if (/^\/img\//i.test(ctx.path) && mayLoadPictures(ctx, cookie, admitted.isAdmitted)) return next()
    if (await opensPath(ctx.query.key, ctx.path, channelKeys)) return next()
    const screen = await admitted.identify(bearerToken(ctx.get('Authorization')) ?? '')
    if (screen === null) demandToken(ctx, tokens, wrongTokens, 'reading needs the view token: Authorization: Bearer …')
    // a key or a subscription would outlive the admission of the screen that asked for it
    else if (/^\/api\/(?:feed-key|push-)/i.test(ctx.path)) ctx.throw(403, 'keys are not given to screens')
    else ctx.res.once('close', admitted.hold(screen, { cut: () => ctx.res.destroy() }))
    if (ctx.path === getCompactSnapshot.path) openPictures(ctx, screen, base(ctx).startsWith('https:'), cookie)
    await next()
  }
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
