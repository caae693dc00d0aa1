import { pageAt } from '../../shared/domain/pages.ts'

/** The path (and query) that a plain click on a link of ours leads to; null for all that the browser is to do itself. */
export function ownLink(event: MouseEvent): string | null {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download')) return null
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null
  if (link.hash && link.pathname === location.pathname) return null
  return pageAt(link.pathname) ? link.pathname + link.search : null
}
