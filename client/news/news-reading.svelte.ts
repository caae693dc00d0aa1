import type { Instant } from '../../shared/domain/primitives.ts'
import type { NewsAddress } from './news-address.svelte.ts'
import { dimensions, ranked, sift } from './news-filter.ts'
import { newsSearch } from './news-search.svelte.ts'
import type { NewsStock } from './news-stock.svelte.ts'

/** Stories that are drawn at first, and each time the end of the list comes near. */
const AT_ONCE = 30

/**
 * What lies before the reader: of all stories those that pass, the first of them, and more as the end comes near, also from the server.
 * @param now when it is, for a list that is empty
 */
export function newsReading(
  stock: NewsStock,
  address: Pick<NewsAddress, 'filter' | 'text' | 'asked'>,
  publisherOf: Parameters<typeof newsSearch>[0],
  now: () => Instant,
) {
  const { filter, text } = $derived(address)
  /** Somebody is about to look for something. */
  let expected = $state(false)
  const search = newsSearch(publisherOf)
  $effect(() => {
    if (expected || text !== '') return search.fill(stock.articles)
  })
  const found = $derived(search.find(text))
  const sifted = $derived(sift(found === null ? stock.filed : ranked(stock.filed, found), filter))

  let drawn = $state(AT_ONCE)
  $effect(() => {
    void filter
    void text
    drawn = AT_ONCE
  })
  $effect(() => stock.want({ ...address.filter, q: address.asked.trim() }))
  const inSight = $derived(sifted.passing.slice(0, drawn))
  const isDrawn = $derived(drawn >= sifted.passing.length)

  return {
    /** What a search found, by article; null where nothing is looked for. */
    get found() {
      return found
    },
    get counts() {
      return sifted.counts
    },
    get passing() {
      return sifted.passing
    },
    get isNarrowed() {
      return found !== null || dimensions.some(name => filter[name] !== '')
    },
    get inSight() {
      return inSight
    },
    /** Whether all that is here and passes is drawn. */
    get isDrawn() {
      return isDrawn
    },
    expectSearch() {
      expected = true
    },
    /** The end of the list has come near. */
    onEnd() {
      if (!isDrawn) drawn += AT_ONCE
      else if (stock.phase === 'idle') void stock.more(now())
    },
    /** Asks the server again after it failed. */
    again: () => void stock.more(now()),
  }
}
