import type { Page } from '../../shared/domain/pages.ts'

export type Shortcut = { do: 'claimed' } | { do: 'search' } | { do: 'help' } | { do: 'go'; page: PlainPage }
type PlainPage = Exclude<Page, { name: 'region' | 'incident' | 'provider' }>

export type Stroke = {
  /** `KeyboardEvent.key` */
  key: string
  /** Whether it is held with Ctrl, Alt or Meta, or is part of an input method's composition. */
  isModified: boolean
  /** Whether the focus is on a field, or a dialog is open. */
  isTyping: boolean
  at: number
}

/** The letter after `g` that opens each page. */
export const pageKeys: readonly { key: string; page: PlainPage }[] = [
  { key: 'd', page: { name: 'dashboard' } },
  { key: 'i', page: { name: 'incidents' } },
  { key: 'n', page: { name: 'news' } },
  { key: 'r', page: { name: 'regions' } },
  { key: 'f', page: { name: 'near' } },
  { key: 'm', page: { name: 'stack' } },
  { key: 's', page: { name: 'sources' } },
  { key: 'w', page: { name: 'walls' } },
]

/** How long `g` waits for its letter. */
const GO_TIMEOUT_MS = 1500

/**
 * What a key means. `goAt` is when `g` was pressed before, null when it was not; pass the returned one with the next
 * key. `isClaimed`: whether the page uses the key itself.
 */
export function shortcutOf(
  { key, isModified, isTyping, at }: Stroke,
  goAt: number | null,
  isClaimed: boolean,
): { shortcut: Shortcut | null; goAt: number | null } {
  if (isModified || isTyping) return nothing
  if (goAt !== null && at - goAt <= GO_TIMEOUT_MS) {
    const wanted = pageKeys.find(one => one.key === key)
    if (wanted) return { shortcut: { do: 'go', page: wanted.page }, goAt: null }
  }
  if (isClaimed) return { shortcut: { do: 'claimed' }, goAt: null }
  if (key === 'g') return { shortcut: null, goAt: at }
  if (key === '/') return { shortcut: { do: 'search' }, goAt: null }
  if (key === '?') return { shortcut: { do: 'help' }, goAt: null }
  // Shift alone precedes another character: `g` keeps waiting
  return key === 'Shift' ? { shortcut: null, goAt } : nothing
}

const nothing = { shortcut: null, goAt: null }
