import { pageAt } from '../../shared/domain/pages.ts'

export type Navigation = ReturnType<typeof navigationState>

/** Where the reader is: pages change without a new document, so that the picture and the connection stay. */
export function navigationState({ location, history, scrollTo }: Pick<Window, 'location' | 'history' | 'scrollTo'>) {
  let address = $state.raw(new URL(location.href))
  const page = $derived(pageAt(address.pathname))
  const query = $derived(address.searchParams as ReadonlyQuery)

  const read = () => {
    address = new URL(location.href)
  }

  return {
    /** Null where the address names no page. */
    get page() {
      return page
    },
    /** What the address asks for beside the page. */
    get query() {
      return query
    },
    /** Goes to a page: a path of ours, with or without a query. */
    go(path: string) {
      history.pushState(null, '', path)
      read()
      scrollTo(0, 0)
    },
    /** Changes the query in place: empty or null takes a name out. The way back is not lengthened. */
    ask(changes: Readonly<Record<string, string | null>>) {
      const next = new URL(address)
      for (const [name, value] of Object.entries(changes))
        if (value) next.searchParams.set(name, value)
        else next.searchParams.delete(name)
      history.replaceState(history.state, '', next)
      read()
    },
    /** After the browser itself went back or forth. */
    read,
  }
}

/** Changed by `ask` alone. */
type ReadonlyQuery = Pick<URLSearchParams, 'get' | 'getAll' | 'has' | 'toString'>

/** The path (and query) that a plain click on a link of ours leads to; null for all that the browser is to do itself. */
export function ownLink(event: MouseEvent): string | null {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download')) return null
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null
  if (link.hash && link.pathname === location.pathname) return null
  return pageAt(link.pathname) ? link.pathname + link.search : null
}
