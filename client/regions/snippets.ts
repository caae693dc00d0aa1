import { formatChannel } from '../../shared/domain/channels.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'

/** Lines to copy, by which others follow a region. */
export type Snippets = {
  channel: string
  /** A program with socket.io-client. */
  program: string
  feeds: { format: string; url: string }[]
  /** The image's path on this server. */
  badge: string
  badgeMarkdown: string
  frame: string
  /** Server-Sent Events from a shell. */
  stream: string
}

/**
 * @param base the public address, such as `https://clouds.example.com` or `https://example.com/status`
 * @param place what the region is called
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
    badge,
    badgeMarkdown: `[![${place}](${base}${badge})](${base}/${channel})`,
    frame: `<iframe src="${base}/embed/${channel}${query}" title="${place}" width="360" height="120"></iframe>`,
    stream: `curl -N${header} '${base}/api/stream?channels=${channel}'`,
  }
}

const formats = [
  { format: 'RSS', ending: 'rss' },
  { format: 'Atom', ending: 'atom' },
  { format: 'JSON Feed', ending: 'json' },
]

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
