import type { Navigation } from '../ui/navigation.svelte.ts'
import { type Dimension, dimensions, filterOf } from './news-filter.ts'

export type NewsAddress = ReturnType<typeof newsAddress>

/** So long after the last key the address says what is looked for, in ms: browsers count how often it changes. */
const ADDRESS_AFTER = 300
const MOST_TEXT = 100

/** What the news are narrowed down to, as the query of the address has it. */
export function newsAddress(navigation: Pick<Navigation, 'query' | 'ask'>) {
  const filter = $derived(filterOf(navigation.query))
  const asked = $derived((navigation.query.get('q') ?? '').slice(0, MOST_TEXT))
  let text = $derived(asked)
  let timer: ReturnType<typeof setTimeout> | undefined
  $effect(() => () => clearTimeout(timer))

  return {
    get filter() {
      return filter
    },
    /** What is looked for, as it is typed. */
    get text() {
      return text
    },
    /** What is looked for, once the typing has paused. */
    get asked() {
      return asked
    },
    find(next: string) {
      text = next
      clearTimeout(timer)
      timer = setTimeout(() => navigation.ask({ q: next }), ADDRESS_AFTER)
    },
    /** An empty value takes the filter back. */
    choose: (dimension: Dimension, value: string) => navigation.ask({ [dimension]: value }),
    clear() {
      clearTimeout(timer)
      navigation.ask({ q: null, ...Object.fromEntries(dimensions.map(name => [name, null])) })
    },
  }
}
