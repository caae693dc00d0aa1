import { z } from 'zod'
import type { Channel } from '../../shared/domain/channels.ts'
import { basePath } from '../ui/paths.ts'
import type { Ask } from './incident-archive.ts'

const Answer = z.object({ key: z.string().max(64).nullable() })

/** The key to what is told of a channel; null where reading needs none. Rejects when it cannot be had. */
export async function askForKey(ask: (address: string) => Promise<Response>, channel: string): Promise<string | null> {
  const response = await ask(`/api/feed-key?${new URLSearchParams({ channel })}`)
  if (!response.ok) throw new Error(`GET /api/feed-key answered ${response.status}`)
  return Answer.parse(await response.json()).key
}

/** A feed of a channel. The names of the formats are the same in every language. */
export type FeedLink = { name: string; href: string; type: string }

const formats = [
  { name: 'RSS', ending: 'rss', type: 'application/rss+xml' },
  { name: 'Atom', ending: 'atom', type: 'application/atom+xml' },
  { name: 'JSON', ending: 'json', type: 'application/feed+json' },
]

/** The feeds of a channel. `key` opens them where reading needs a token; null where it does not. */
export const feedLinks = (channel: Channel, key: string | null): FeedLink[] =>
  formats.map(({ name, ending, type }) => ({
    name,
    type,
    href: `${basePath}/feeds/${channel}.${ending}${key === null ? '' : `?key=${encodeURIComponent(key)}`}`,
  }))

/** The key to a channel's feeds, where it can be had; null as well where none is needed. */
export const askForFeedKey = (ask: Ask, channel: Channel): Promise<string | null> =>
  askForKey(ask, channel).catch(() => null)
