import type { RegionId } from '../../shared/domain/primitives.ts'
import type { PlaceMatcher, PlaceSpan } from '../places/places.ts'
import { isVendor, type Mention, mentionsIn } from '../places/vendors.ts'
import { isAdjacent, type Token } from '../text/word-trie.ts'

/** What an article is about. Each list is sorted and names nothing twice. */
export type Subjects = { providers: string[]; regions: RegionId[]; services: string[] }

/**
 * The providers, regions and services that an article names. A feed of a provider is about it, whatever it names
 * beside; a publisher's feed is about what its words name. A name that several providers share counts for the one that
 * is named nearest to it, and for none where none is.
 * @param own the provider of the feed
 * @param isOwnVendor whether its provider is none of the known ones, but watched
 * @param tokens the words of the article: title, categories and summary, a line each
 */
export function subjectsOf(own: string, tokens: readonly Token[], places: PlaceMatcher, isOwnVendor = false): Subjects {
  const unique = places.unique(tokens)
  const mentions = mentionsIn(tokens, new Set([own, ...unique.map(providerOf)]))
  const isOwn = isOwnVendor || isVendor(own)
  if (mentions.length === 0 && unique.length === 0)
    return { providers: isOwn ? [own] : [], regions: isOwn ? places(own, tokens).regions : [], services: [] }
  const named = new Set([...mentions.map(({ provider }) => provider), ...unique.map(providerOf)])
  const providers = new Set([...(isOwn ? [own] : []), ...named])
  const spans = [...providers].flatMap(provider => {
    const near = mentions.filter(mention => mention.provider === provider)
    return places
      .spans(provider, tokens)
      .filter(span => provider === own || !span.isPlace || isNear(tokens, span, near, mentions))
  })
  const regions =
    providers.size < 2
      ? spans
      : spans.filter(span => !spans.some(other => isRival(other, span) && isCloser(tokens, mentions, own, other, span)))
  return {
    providers: sorted(providers),
    regions: sorted([...regions, ...unique].map(({ region }) => region)),
    services: sorted(mentions.flatMap(({ service }) => service ?? [])).slice(0, MAX_SERVICES),
  }
}

const MAX_SERVICES = 20

const sorted = (words: Iterable<string>): string[] => [...new Set(words)].sort()

const providerOf = ({ region }: PlaceSpan): string => region.slice(0, region.indexOf('/'))

/** Tokens between a provider and a city that is meant as its region: 'AWS outage in Frankfurt'. */
const NEAR = 16

/** Whether the provider is named near the place, and no other one nearer. */
function isNear(tokens: readonly Token[], span: PlaceSpan, own: readonly Mention[], all: readonly Mention[]): boolean {
  const distance = distanceTo(tokens, span, own)
  return distance <= NEAR && distance <= distanceTo(tokens, span, all)
}

/** Whether two providers have a region for the same words. */
const isRival = (one: PlaceSpan, other: PlaceSpan): boolean =>
  one.region !== other.region && providerOf(one) !== providerOf(other) && one.from < other.to && other.from < one.to

/** Of two rivals at one distance neither counts. A feed's own provider wins over those that no word is near. */
function isCloser(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  own: string,
  one: PlaceSpan,
  other: PlaceSpan,
): boolean {
  const [here, there] = [one, other].map(span => {
    const provider = providerOf(span)
    const distance = distanceTo(
      tokens,
      span,
      mentions.filter(mention => mention.provider === provider),
    )
    return provider === own ? Math.min(distance, NEAR) : distance
  }) as [number, number]
  return here <= there
}

/** Tokens that a mention behind a place counts as further away. */
const AFTER = 5

/** Tokens between a place and the nearest mention; those of other lines are further away than any on its own. */
function distanceTo(tokens: readonly Token[], span: PlaceSpan, mentions: readonly Mention[]): number {
  let nearest = Number.POSITIVE_INFINITY
  for (const { from, to } of mentions) {
    const isBefore = from < span.from
    const [start, end] = isBefore ? [to, span.from] : [span.to, from]
    const between = tokens.slice(start, end + 1)
    const breaks = between.filter(token => token.opensLine).length
    const stops = between.filter((token, at) => token.text === '.' && !isAdjacent(token, between[at + 1])).length
    // 'Oracle's outage in Frankfurt, AWS is fine': what comes behind belongs to the next words, unless it owns the place.
    const behind = isBefore ? 0 : AFTER
    nearest = Math.min(nearest, Math.max(0, end - start) + behind + 100 * breaks + 8 * stops)
  }
  return nearest
}
