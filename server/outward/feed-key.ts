import { createHmac } from 'node:crypto'
import { Channel } from '../../shared/domain/channels.ts'
import { sameSecret } from '../http/admission.ts'

/**
 * The key to what is told of one channel without a program of its own: feeds, badges, frames, a provider's status page. It is
 * derived from the view token, opens nothing else, and changes with it. For readers that cannot send headers.
 */
export const feedKey = (viewToken: string, channel: Channel): string =>
  createHmac('sha256', viewToken).update(`feed:${channel}`).digest('base64url')

/** Whether the parameter `key` opens this path. */
export function hasFeedKey(path: string, key: unknown, viewToken: string): boolean {
  const channel = channelOfPath(path)
  return typeof key === 'string' && channel !== undefined && sameSecret(key, feedKey(viewToken, channel))
}

/** The channel that a path tells of; undefined where the path is none that a key opens. */
function channelOfPath(path: string): Channel | undefined {
  const [, feed, badge, embed, page] = pattern.exec(path) ?? []
  const channel = feed ?? badge ?? embed ?? (page && `provider/${page}`)
  return Channel.safeParse(channel).data
}

const pattern =
  /^\/(?:feeds\/(.{1,200})\.(?:rss|atom|json)|badge\/(.{1,200})\.svg|embed\/(.{1,200})|statuspage\/([^/]{1,64})\/.*)$/
