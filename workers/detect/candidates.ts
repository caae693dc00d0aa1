import type { WireFormat } from '../../shared/domain/source.ts'
import type { ReadSource } from '../source-config.ts'
import { withoutQuery } from '../sources/page-address.ts'
import type { Reader } from '../sources/reader.ts'

/** A format that may be what stands at an address, and the source that it would be. */
export type Candidate = {
  reader: Reader
  source: ReadSource
  /** The address is where the provider whose own format this is tells its status: an empty answer is then a quiet day. */
  isAtHome: boolean
}

/** Every format to try at an address, the most specific first; any feed would do for the last two. */
export function candidatesOf(
  url: string,
  readers: Readonly<Record<WireFormat, Reader>>,
  provider: string,
): Candidate[] {
  const candidates = Object.values(readers).map(
    (reader): Candidate => ({
      reader,
      source: { id: provider, name: provider, kind: reader.kind, url, provider, everyMs: 60_000, topics: [] },
      isAtHome: homes[reader.kind]?.(withoutQuery(url).toLowerCase()) ?? false,
    }),
  )
  return candidates
    .filter(({ reader, isAtHome }) => isAtHome || !fitsAnyFeed.has(reader.kind))
    .sort((a, b) => rank(a) - rank(b))
}

const rank = ({ reader, isAtHome }: Candidate): number =>
  reader.kind === 'feed' ? 3 : reader.kind === 'rss-status' ? 2 : isAtHome ? 0 : 1

/** Whether an address, in small letters and without its query, is where a format that one provider alone has is at home. */
const homes: Partial<Record<WireFormat, (url: string) => boolean>> = {
  'azure-rss': url => inThisOrder(url, 'azure', 'status'),
  'aws-events': url => /\/currentevents\/?$/.test(url),
  'aws-rss': url => inThisOrder(url, 'aws', '/rss/'),
  'google-incidents': url => url.endsWith('/incidents.json'),
  'oracle-components': url => /^https?:\/\/ocistatus\./.test(url),
  slack: url => /^https?:\/\/(?:www\.)?slack-status\.com/.test(url),
  heroku: url => /^https?:\/\/status\.heroku\.com/.test(url),
}

/** Each index is looked for once: a pattern would try every `first` with every `second`. */
function inThisOrder(text: string, first: string, second: string): boolean {
  const at = text.indexOf(first)
  return at >= 0 && text.includes(second, at + first.length)
}

/** They can read any feed at all, so they are tried at home only. */
const fitsAnyFeed = new Set<WireFormat>(['azure-rss', 'aws-rss'])
