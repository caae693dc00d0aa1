import { fail, ok } from '../../shared/domain/primitives.ts'
import type { Impact } from '../../shared/domain/status.ts'
import type { FeedEntry } from '../feeds/feed-document.ts'
import { readRss } from '../feeds/rss.ts'
import { isOfAll, mergePlaces, type Places, placesOfIncident, scopeOf, withZones } from '../places/places.ts'
import { parseDate } from '../text/dates.ts'
import { clip, oneLine, plainText } from '../text/plain-text.ts'
import { containsInOrder } from '../text/web-url.ts'
import { readOrigins } from './fragments.ts'
import type { ReadContext, Reader, ReadIncident } from './reader.ts'
import { hashedId, orderUpdates, readingOf, serviceNames } from './reading.ts'
import { lifecycleOf } from './status-words.ts'

/**
 * Azure status RSS. A channel without items is the normal state. An incident is over when its item is no longer listed.
 * @see https://azure.status.microsoft/en-us/status/
 */
export const azureRss: Reader = {
  address: url => url,
  accept: 'application/rss+xml, application/xml, text/xml',
  complete: true,
  detection: { tried: 'at-home', isHome: url => containsInOrder(url, 'azure', 'status') },
  async read(answer, context) {
    const feed = await readRss(answer)
    if (!feed.ok) return feed
    const { entries } = feed.value
    const incidents = readOrigins(entries, entry => incidentOf(entry, context))
    if (entries.length > 0 && incidents.length === 0) {
      return fail(`none of the ${entries.length} items can be read: each needs a title and a pubDate`)
    }
    return ok(readingOf({ incidents }))
  },
}

/** The links in the feed lead to internal hosts. */
const STATUS_PAGE = 'https://azure.status.microsoft/en-us/status'

function incidentOf(entry: FeedEntry, { source, places }: ReadContext): ReadIncident | null {
  const at = parseDate(entry.published)
  const title = oneLine(entry.title)
  if (at === null || title === '') return null
  const text = plainText(entry.summary || entry.content)
  const categories = sortCategories(entry.categories.map(oneLine), name => places(source.provider, name))
  const named = firstNamed([categories.places, places(source.provider, title), places(source.provider, text)])
  const where = withZones(named, [title, text], words => places(source.provider, words))
  const placed = placesOfIncident(where)
  const status =
    lifecycleOf(
      title,
      text,
      isOfAll(placed.regions, words => places(source.provider, words)),
    ) ?? 'investigating'
  return {
    // The guid is a slug of the title that later incidents reuse: only with the date does it identify one.
    id: hashedId(source.id, entry.id || title, at),
    provider: source.provider,
    kind: 'incident',
    title: clip(title, 300),
    status,
    rawStatus: null,
    impact: impactOf(title),
    ...placed,
    services: categories.services,
    startedAt: at,
    updatedAt: at,
    resolvedAt: status === 'resolved' ? at : null,
    scheduledFor: null,
    scheduledUntil: null,
    url: STATUS_PAGE,
    updates: text === '' ? [] : orderUpdates([{ id: at, at, status, text }]),
  }
}

/** `category` holds services and regions: what names a place is a region, the rest are services. */
function sortCategories(categories: string[], placesOf: (name: string) => Places) {
  const sorted = categories.map(name => ({ name: clip(name, 120), places: placesOf(name) }))
  const services = sorted.filter(({ name, places }) => name !== '' && scopeOf(places) === 'unspecified')
  return {
    places: mergePlaces(sorted.map(({ places }) => places)),
    services: serviceNames(services.map(({ name }) => name)),
  }
}

/** Some items have no categories. Then the title names the place, or else the text. */
const firstNamed = (candidates: Places[]): Places =>
  candidates.find(places => scopeOf(places) !== 'unspecified') ?? mergePlaces([])

/** The feed has no severity. Everything it lists is broad; only words in the title say that it is worse. */
const impactOf = (title: string): Impact => (/\b(?:outage|unavailable)\b/i.test(title) ? 'major' : 'minor')
