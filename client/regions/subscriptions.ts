import { z } from 'zod'
import { type Channel, formatChannel } from '../../shared/domain/channels.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Ask } from '../live/answer-to.ts'
import { basePath } from '../ui/paths.ts'

/** Lines to copy, by which other programs follow a region. */
export type Snippets = {
  channel: string
  program: string
  feeds: { format: string; url: string }[]
  calendar: string
  /** The image's path on this server. */
  badge: string
  badgeMarkdown: string
  frame: string
  /** Server-Sent Events from a shell. */
  stream: string
}

/**
 * @param base the public address, such as `https://clouds.example.com` or `https://example.com/status`
 * @param place the region's name
 * @param key opens its feed, badge and frame where reading needs a token; null where it does not
 */
export function snippets(region: RegionId, base: string, place: string, key: string | null): Snippets {
  const channel = formatChannel({ kind: 'region', region })
  const query = key === null ? '' : `?key=${key}`
  const badge = `/badge/${channel}.svg${query}`
  const header = key === null ? '' : ` -H "Authorization: Bearer $VIEW_TOKEN"`
  return {
    channel,
    program: programOf(base, channel, key !== null),
    feeds: formats.map(({ format, ending }) => ({ format, url: `${base}/feeds/${channel}.${ending}${query}` })),
    calendar: `${base}/calendar/${channel}.ics${query}`,
    badge,
    badgeMarkdown: `[![${place}](${base}${badge})](${base}/${channel})`,
    frame: `<iframe src="${base}/embed/${channel}${query}" title="${place}" width="360" height="120"></iframe>`,
    stream: `curl -N${header} '${base}/api/stream?channels=${channel}'`,
  }
}

/** The feeds of a channel. The names of the formats are the same in every language. */
export type FeedLink = { name: string; href: string; type: string }

/** @param key opens the feeds where reading needs a token; null where it does not */
export const feedLinks = (channel: Channel, key: string | null): FeedLink[] =>
  formats.map(({ name, ending, type }) => ({
    name,
    type,
    href: `${basePath}/feeds/${channel}.${ending}${key === null ? '' : `?key=${encodeURIComponent(key)}`}`,
  }))

/** The calendar of a channel's maintenances. @param key as for its feeds */
export const calendarLink = (channel: Channel, key: string | null): FeedLink => ({
  name: 'iCalendar',
  type: 'text/calendar',
  href: `${basePath}/calendar/${channel}.ics${key === null ? '' : `?key=${encodeURIComponent(key)}`}`,
})

const formats = [
  { name: 'RSS', format: 'RSS', ending: 'rss', type: 'application/rss+xml' },
  { name: 'Atom', format: 'Atom', ending: 'atom', type: 'application/atom+xml' },
  { name: 'JSON', format: 'JSON Feed', ending: 'json', type: 'application/feed+json' },
]

const KeyAnswer = z.object({ key: z.string().max(64).nullable() })

/** The key to a channel's feeds and badges; null where reading needs none. Rejects when the server gives no answer. */
export async function askForKey(ask: Ask, channel: string): Promise<string | null> {
  const response = await ask(`/api/feed-key?${new URLSearchParams({ channel })}`)
  if (!response.ok) throw new Error(`GET /api/feed-key answered ${response.status}`)
  return KeyAnswer.parse(await response.json()).key
}

/** The same, but also null when the server gives no answer: the links then have no key. */
export const askForFeedKey = (ask: Ask, channel: Channel): Promise<string | null> =>
  askForKey(ask, channel).catch(() => null)

function programOf(base: string, channel: string, needsToken: boolean): string {
  const { origin, pathname } = new URL(base)
  // a path in the address itself would name a namespace of socket.io
  const under = pathname === '/' ? '' : `\n  path: '${pathname}/socket.io',`
  return `import { io } from 'socket.io-client'

let since
const socket = io('${origin}', {${under}
  transports: ['websocket'],
  auth: give => give({ channels: ['${channel}'], since${needsToken ? ', token: process.env.VIEW_TOKEN' : ''} }),
})
socket.on('event', event => {
  since = event.id
  console.log(event.type, event.data)
})
socket.on('reset', ({ snapshot }) => {
  since = snapshot.head
})`
}
