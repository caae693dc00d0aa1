import { pathOf } from '../../shared/domain/pages.ts'
import type { Region, RegionStatus } from '../../shared/domain/region.ts'
import { type Catalogue, placeName } from '../live/catalogue.ts'
import type { Staleness } from '../live/freshness.ts'
import type { Shared } from '../share/shared.ts'
import { clockTime, type When } from '../ui/time.ts'
import { lastKnownText, shownState, stateWord } from './region-words.ts'

/**
 * A region for a chat, by the clock that all share: 'AWS us-east-1: partial outage since 14:02 UTC. Increased error
 * rates.' @param titles of what is going on there, the worst first
 */
export function sharedRegion(
  region: Region,
  status: RegionStatus | undefined,
  titles: readonly string[],
  catalogue: Catalogue,
  staleness: Staleness,
  when: When,
): Shared {
  const { share } = when.words
  const utc = { ...when, zone: 'UTC' }
  const shown = shownState(region, status, staleness.isStale)
  const word = stateWord(shown, when.words, status ?? 'unread')
  const lastKnown = shown.status === 'unknown' ? lastKnownText(status, staleness.since, utc) : null
  const isDated = shown.status !== 'unknown' && shown.status !== 'announced' && status?.since
  const state = isDated
    ? share.since(word, clockTime(isDated, utc))
    : lastKnown === null
      ? word
      : share.known(word, lastKnown)
  const place = placeName(catalogue, region.id)
  return {
    title: place,
    text: [share.said(place, state), ...titles.slice(0, 1)].map(share.sentence).join(' '),
    path: pathOf({ name: 'region', region: region.id }),
  }
}
