import type { Page } from '../../shared/domain/pages.ts'
import type { HistoryPlaces } from './history-places.ts'
import { pageAt } from './paths.ts'

export type Navigation = ReturnType<typeof navigationState>

/** Where a reader arrives; `page` is null where the address names none. */
export type Arrival = { page: Page | null; query: ReadonlyQuery }

/**
 * Where the reader is. Pages change without a new document, so that the state and the connection stay.
 * `onarrive` is called at the start and after each step to another address, not when `ask` changes the query.
 * Back and forward lead to the same place on a page and to what had the focus.
 */
export function navigationState(
  { location, history, scrollTo }: Pick<Window, 'location' | 'history' | 'scrollTo'>,
  places: Pick<HistoryPlaces, 'keep' | 'bring'>,
  onarrive: (arrival: Arrival) => void,
) {
  let address = $state.raw(new URL(location.href))
  const page = $derived(pageAt(address.pathname))
  const query = $derived(address.searchParams as ReadonlyQuery)

  const arrive = () => {
    address = new URL(location.href)
    onarrive({ page, query })
  }
  /** Each entry of the history has a name of its own; one that we did not make, such as the first, is given it. */
  let steps = 0
  const newEntry = () => `${Date.now()} ${steps++}`
  const currentEntry = (): string => {
    const state: unknown = history.state
    if (typeof state === 'string') return state
    const entry = newEntry()
    history.replaceState(entry, '')
    return entry
  }
  history.scrollRestoration = 'manual'
  let entry = currentEntry()
  arrive()
  places.bring(entry)

  return {
    get page() {
      return page
    },
    get query() {
      return query
    },
    /** Goes to a page: one of our paths, with or without a query. */
    go(path: string) {
      places.keep(entry)
      entry = newEntry()
      history.pushState(entry, '', path)
      arrive()
      scrollTo(0, 0)
    },
    /** Changes the query in place: empty or null removes a name. The history gets no new entry. */
    ask(changes: Readonly<Record<string, string | null>>) {
      const next = new URL(address)
      for (const [name, value] of Object.entries(changes))
        if (value) next.searchParams.set(name, value)
        else next.searchParams.delete(name)
      // these mean nothing special in a query, and read better
      next.search = next.search.replace(/%(?:2F|3A|3B|40|2C)/g, decodeURIComponent)
      history.replaceState(history.state, '', next)
      address = next
    },
    /** After the browser itself went back or forward; what is drawn is still the page that was left. */
    return() {
      places.keep(entry)
      entry = currentEntry()
      arrive()
      places.bring(entry)
    },
    /** The document is left, perhaps for a while. */
    leave() {
      places.keep(entry)
    },
  }
}

type ReadonlyQuery = Pick<URLSearchParams, 'get' | 'getAll' | 'has' | 'toString'>

/** The path (with query and fragment) to which a plain click on one of our links leads; null for what the browser handles itself. */
export function ownLink(event: MouseEvent): string | null {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download')) return null
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null
  if (link.hash && link.pathname === location.pathname) return null
  return pageAt(link.pathname) ? link.pathname + link.search + link.hash : null
}
