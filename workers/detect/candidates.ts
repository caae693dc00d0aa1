import type { WireFormat } from '../../shared/domain/source.ts'
import type { ReadSource } from '../source-config.ts'
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
      isAtHome: homes[reader.kind]?.test(url) ?? false,
    }),
  )
  return candidates
    .filter(({ reader, isAtHome }) => isAtHome || !fitsAnyFeed.has(reader.kind))
    .sort((a, b) => rank(a) - rank(b))
}

const rank = ({ reader, isAtHome }: Candidate): number =>
  reader.kind === 'feed' ? 3 : reader.kind === 'rss-status' ? 2 : isAtHome ? 0 : 1

/** Where the formats that one provider alone has are at home. */
const homes: Partial<Record<WireFormat, RegExp>> = {
  'azure-rss': /^[^?#]*azure[^?#]*status/i,
  'aws-events': /^[^?#]*\/currentevents\/?$/i,
  'aws-rss': /^[^?#]*aws[^?#]*\/rss\//i,
  'google-incidents': /^[^?#]*\/incidents\.json$/i,
  'oracle-components': /^https?:\/\/ocistatus\./i,
  slack: /^https?:\/\/(?:www\.)?slack-status\.com/i,
  heroku: /^https?:\/\/status\.heroku\.com/i,
}

/** They can read any feed at all, so they are tried at home only. */
const fitsAnyFeed = new Set<WireFormat>(['azure-rss', 'aws-rss'])
