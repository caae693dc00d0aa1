import { isActive } from '../../shared/domain/incident.ts'
import { fail, ok, type Result, Slug, WebUrl } from '../../shared/domain/primitives.ts'
import { WireFormat } from '../../shared/domain/source.ts'
import type { KnownVendor } from '../../shared/vendors/catalogue.ts'
import { vendorAt } from '../../shared/vendors/find-vendors.ts'
import { type FetchedAnswer, fetchAnswer } from '../formats/answer.ts'
import { isWebPage } from '../formats/json.ts'
import { othersOf, type ReadContext, type Reader, type Reading } from '../formats/reader.ts'
import type { Http } from '../http/http.ts'
import { reachAt } from '../http/reach.ts'
import type { PlaceMatcher } from '../places/places.ts'
import { withoutQuery } from '../text/web-url.ts'
import { asksForBrowser, documentsBeside, feedsNamedBy, homesOf, knownAddress } from './detect-addresses.ts'
import type { Vendors } from './named-source.ts'
import type { ReadSource } from './source-config.ts'
import { lineFor } from './vendor-lines.ts'

export type DetectDeps = {
  http: Pick<Http, 'get'>
  /** Whether the host of the address is inside; all else that it leads to is on the internet. */
  isPrivate?: boolean
  readers: Readonly<Record<WireFormat, Reader>>
  places: PlaceMatcher
  providers: ReadonlySet<string>
  vendors: Vendors
  now: number
}

/** For all requests together, in ms, because they wait for each other. */
const TIMEOUT_MS = 20_000
const ACCEPT = 'application/json, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5'

/**
 * Detects the format of an address: requests every format that may be there at once, and takes the first in order of
 * precedence that can be read. A status page of the list of vendors is told by its name. Where the address is a page, looks where its data may be: at the provider's own place,
 * at the home of the status page, in documents beside it, and at the feeds that the page names. The answer is text for
 * people. A failure has one line per format with the reason, or one line for a host that lets only browsers in.
 * @param url a whole web address
 */
export async function detect(url: string, { http, isPrivate = false, ...known }: DetectDeps): Promise<Result<string>> {
  const get: Http['get'] = request =>
    http.get({ ...request, isPrivate: reachAt(request.url, url, isPrivate || undefined) })
  return detectBy(url, { ...known, http: { get }, isPrivate })
}

async function detectBy(url: string, deps: DetectDeps): Promise<Result<string>> {
  const named = vendorAt(deps.vendors.values(), url)
  if (named?.vendor.hasSource && !isNarrower(named.vendor, url, deps)) return ok(await describeNamed(named, deps))
  const known = knownAddress(url)
  const atHome = known === null ? null : await lookAt(known, deps)
  if (atHome?.found) return ok(describe(atHome.found.candidate, atHome.found.reading, deps))
  const first = await lookAt(url, deps)
  if (first.found && !isElsewhere(first.found.candidate))
    return ok(describe(first.found.candidate, first.found.reading, deps))
  if (first.asksForBrowser)
    return fail(
      `${new URL(url).host} asks for a browser, and no program can read it: look for its API or feed at another address`,
    )
  const homes = homesOf(url)
  const others = [...homes, ...[url, ...homes].flatMap(documentsBeside), ...first.feeds].slice(0, MAX_OTHERS)
  for (const other of others) {
    // Beside a page, an empty document may be anything.
    const { found } = await lookAt(other, deps, { isAtHome: false })
    if (found && !isElsewhere(found.candidate)) return ok(describe(found.candidate, found.reading, deps))
  }
  if (first.found) return ok(describe(first.found.candidate, first.found.reading, deps))
  const why = first.hasOnlyPages ? `, because ${new URL(url).host} answers with web pages alone` : ''
  return fail(`${url} has no format that can be read${why}:\n${first.reasons.join('\n')}`)
}

/** Whether the address says more than the vendor's name does. */
function isNarrower({ source }: KnownVendor, url: string, { readers }: DetectDeps): boolean {
  const reader = source === null ? null : readers[source.kind]
  return (reader?.detection.isNarrowed?.(url) ?? false) && reader?.address(url) !== reader?.address(source?.url ?? '')
}

/** A vendor of the list needs no address: its name is the line to add. */
async function describeNamed(
  { vendor, site }: { vendor: KnownVendor; site: string | null },
  deps: DetectDeps,
): Promise<string> {
  const source = vendor.siteSources.get(site ?? '') ?? vendor.source
  const { found } = source === null ? { found: null } : await lookAt(source.url, deps)
  const now =
    found === null
      ? 'Its page cannot be read at present.'
      : `${found.candidate.source.kind}: ${contents(found.reading)}`
  return `This is ${vendor.id}. ${now}\nAdd this under sources:\n  - ${lineFor(vendor.id, site)}`
}

/** Addresses to look at besides the one that was given. */
const MAX_OTHERS = 30

/** What one address has: the reading of the first format, or why each format has none. */
type Look = {
  found: { candidate: Candidate; reading: Reading } | null
  reasons: string[]
  asksForBrowser: boolean
  /** Whether all that the host has is web pages, also where formats have their data. */
  hasOnlyPages: boolean
  /** Feeds that the page names. */
  feeds: string[]
}

async function lookAt(url: string, deps: DetectDeps, more: { isAtHome?: false } = {}): Promise<Look> {
  const { http, readers, providers, places, now } = deps
  const context = { places, now }
  const requests = new Map<string, Promise<FetchedAnswer>>()
  const attempts = candidatesOf(url, readers, guessProvider(url, providers)).map(candidate => {
    const address = candidate.reader.address(url)
    const others = othersOf(candidate.reader, url)
    const key = `${address} ${others.also}`
    const request = { url: address, accept: ACCEPT, timeoutMs: TIMEOUT_MS, etag: null, lastModified: null }
    const answer = requests.get(key) ?? fetchAnswer(request, others, http)
    requests.set(key, answer)
    return { candidate: { ...candidate, ...more }, address, answer }
  })

  const answers = await Promise.all(requests.values())
  const has = {
    asksForBrowser: answers.every(asksForBrowser),
    hasOnlyPages: answers.filter(isFresh).length > 0 && answers.filter(isFresh).every(isWebPage),
    feeds: [...new Set(answers.flatMap(feedsNamedBy))].slice(0, 5),
  }
  const reasons: string[] = []
  for (const { candidate, address, answer } of attempts) {
    const read = await tryRead(candidate, await answer, context)
    if (read.ok) return { ...has, found: { candidate, reading: read.value }, reasons, asksForBrowser: false }
    reasons.push(`  ${candidate.source.kind} at ${address}: ${read.error}`)
  }
  return { ...has, found: null, reasons }
}

const isFresh = (answer: FetchedAnswer) => answer.kind === 'fresh'

type Candidate = {
  reader: Reader
  source: ReadSource
  /** Whether the address is where the format's only provider publishes it. An empty answer then means a quiet day. */
  isAtHome: boolean
}

export function candidatesOf(
  url: string,
  readers: Readonly<Record<WireFormat, Reader>>,
  provider: string,
): Candidate[] {
  const bare = withoutQuery(url).toLowerCase()
  return WireFormat.options
    .map((kind): Candidate => {
      const reader = readers[kind]
      return {
        reader,
        source: { id: provider, name: provider, kind, url, provider, everyMs: 60_000, topics: [] },
        isAtHome: reader.detection.isHome?.(bare) ?? false,
      }
    })
    .filter(({ reader, isAtHome }) => isAtHome || reader.detection.tried !== 'at-home')
    .sort((a, b) => rank(a) - rank(b))
}

const rank = (candidate: Candidate): number =>
  isElsewhere(candidate) ? 3 : candidate.reader.detection.tried === 'last' ? 2 : candidate.isAtHome ? 0 : 1

/**
 * Whether a format is looked for at another place of the host, such as an Uptime Kuma at its root: the last resort, for
 * it must not hide what is at the address.
 */
function isElsewhere({ reader, source: { url }, isAtHome }: Candidate): boolean {
  if (isAtHome) return false // Salesforce publishes on a host beside that of its page
  const bare = withoutQuery(url).replace(/\/$/, '').toLowerCase()
  return !reader.address(url).toLowerCase().startsWith(bare)
}

async function tryRead(
  { reader, source, isAtHome }: Candidate,
  answer: FetchedAnswer,
  context: Omit<ReadContext, 'source'>,
): Promise<Result<Reading>> {
  if (answer.kind === 'failed') return fail(answer.reason)
  if (answer.kind === 'held')
    return fail(`${answer.host} asks to be left alone for ${Math.ceil(answer.waitMs / 1000)} s`)
  if (answer.kind === 'unchanged') return fail('the host says that nothing has changed, but was not asked')
  const read = await reader.read(answer, { ...context, source })
  if (!read.ok) return read
  const { incidents, components, articles } = read.value
  if (incidents.length + components.length + articles.length === 0 && !isAtHome)
    return fail('the answer may be in this format, but it is empty, so that nobody can tell')
  const doubt = reader.detection.doubt?.(read.value) ?? null
  return doubt === null ? ok(read.value) : fail(doubt)
}

function describe({ source }: Candidate, reading: Reading, { isPrivate }: DetectDeps): string {
  const { id, kind, url, provider } = source
  const quoted = `'${url.replaceAll("'", "''")}'`
  const list = kind === 'feed' ? 'feeds' : 'sources'
  const inside = isPrivate ? ', private: true' : ''
  const line =
    kind === 'feed'
      ? `{ id: ${id}, url: ${quoted}${inside} }`
      : `{ id: ${id}, kind: ${kind}, url: ${quoted}, provider: ${provider}${inside} }`
  return `${kind}: ${contents(reading)}\nAdd this under ${list}, with an id and a provider of your choice:\n  - ${line}`
}

const SHOWN_REGIONS = 8

function contents({ incidents, components, articles }: Reading): string {
  const regions = [...new Set([...incidents, ...components, ...articles].flatMap(record => record.regions))].sort()
  const open = incidents.filter(isActive).length
  const parts = [
    count(components.length, 'component'),
    incidents.length === 0 ? '' : `${count(incidents.length, 'incident')} (${open} open)`,
    count(articles.length, 'article'),
  ].filter(part => part !== '')
  const places = regions.length > SHOWN_REGIONS ? [...regions.slice(0, SHOWN_REGIONS), '…'] : regions
  return `${parts.join(', ') || 'nothing at present'}; ${places.length > 0 ? `in ${places.join(' ')}` : 'no region that we know'}`
}

const count = (n: number, thing: string): string => (n === 0 ? '' : `${n} ${thing}${n === 1 ? '' : 's'}`)

/**
 * A guess at the provider of an address, by its host: `https://www.githubstatus.com` → `github`. The path is used where
 * the host says nothing (an IP address, a code host). A host that names a `known` one means it.
 */
export function guessProvider(url: string, known: ReadonlySet<string>): string {
  const { hostname, pathname } = new URL(url)
  const labels = hostname.split('.')
  const saysNothing = labels.length === 1 || /^[\d.]+$|^\[/.test(hostname) || codeHosts.test(hostname)
  const words = saysNothing ? pathname.split('/') : labels.slice(0, -1).reverse()
  const names = words.map(nameIn).filter(name => Slug.safeParse(name).success && !generic.has(name))
  return labels.find(label => known.has(label)) ?? names[0] ?? 'unnamed'
}

const codeHosts = /^(?:(?:www\.)?github\.com|raw\.githubusercontent\.com)$/

/** `githubstatus` → `github`, `our-notes.rss` → `our-notes` */
const nameIn = (word: string): string =>
  word
    .toLowerCase()
    .replace(/\.(?:rss|rdf|atom|xml|json)$/, '')
    .replace(/[^a-z\d-]/g, '-')
    .replace(/^status-?|-?status$/g, '')

/** Parts of addresses that name no provider: of domains, of paths, and the engines that host pages. */
const generic = new Set(
  'co com org net gov ac edu www status statuspage health uptime api rss feed feeds page pages blog instatus betteruptime statusio public'.split(
    ' ',
  ),
)

/** An address as people type it, 'githubstatus.com' too; null for what is none. */
export function typedAddress(typed: string): string | null {
  const isHost = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[:/]|$)/i.test(typed)
  const address = WebUrl.safeParse(isHost ? `https://${typed}` : typed)
  return address.success && URL.canParse(address.data) ? address.data : null
}
