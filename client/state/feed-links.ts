import { z } from 'zod'
import type { Channel } from '../../shared/domain/channels.ts'
import type { Ask } from './incident-archive.ts'

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
    href: `/feeds/${channel}.${ending}${key === null ? '' : `?key=${encodeURIComponent(key)}`}`,
  }))

const Answer = z.object({ key: z.string().max(64).nullable() })

/** `GET /api/feed-key` → the key to a channel's feeds; null where none is needed or the server cannot be asked. */
export async function askForFeedKey(ask: Ask, channel: Channel): Promise<string | null> {
  try {
    const response = await ask(`/api/feed-key?${new URLSearchParams({ channel })}`)
    return response.ok ? (Answer.safeParse(await response.json()).data?.key ?? null) : null
  } catch {
    return null
  }
}
