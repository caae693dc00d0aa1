import type { Page } from '../../shared/domain/pages.ts'

export type Shortcut = { do: 'claimed' } | { do: 'search' } | { do: 'help' } | { do: 'go'; page: PlainPage }
type PlainPage = Exclude<Page, { name: 'region' | 'incident' | 'provider' }>

/** A key that went down. */
export type Stroke = {
  /** `KeyboardEvent.key` */
  key: string
  /** Held with Ctrl, Alt or Meta, or part of a word that is being composed. */
  modified: boolean
  /** It went down where somebody writes or chooses, or while a dialog is open. */
  typing: boolean
  /** ms */
  at: number
}

/** The letter after `g` that goes to each page, in the order in which help lists them. */
export const pageKeys: readonly { key: string; page: PlainPage }[] = [
  { key: 'd', page: { name: 'dashboard' } },
  { key: 'i', page: { name: 'incidents' } },
  { key: 'n', page: { name: 'news' } },
  { key: 'r', page: { name: 'regions' } },
  { key: 'f', page: { name: 'near' } },
  { key: 's', page: { name: 'sources' } },
  { key: 'w', page: { name: 'walls' } },
]

/** How long `g` waits for its letter, ms. */
const WAIT = 1500

/**
 * What a key means. `goAt`: when `g` went down just before, else null; the new one is to be given with the next stroke.
 * `claimed`: whether the page has the key for itself.
 */
export function shortcutOf(
  { key, modified, typing, at }: Stroke,
  goAt: number | null,
  claimed: boolean,
): { shortcut: Shortcut | null; goAt: number | null } {
  if (modified || typing) return nothing
  if (goAt !== null && at - goAt <= WAIT) {
    const wanted = pageKeys.find(one => one.key === key)
    if (wanted) return { shortcut: { do: 'go', page: wanted.page }, goAt: null }
  }
  if (claimed) return { shortcut: { do: 'claimed' }, goAt: null }
  if (key === 'g') return { shortcut: null, goAt: at }
  if (key === '/') return { shortcut: { do: 'search' }, goAt: null }
  if (key === '?') return { shortcut: { do: 'help' }, goAt: null }
  // the shift of another character is no stroke of its own
  return key === 'Shift' ? { shortcut: null, goAt } : nothing
}

const nothing = { shortcut: null, goAt: null }
