import { createContext, untrack } from 'svelte'
import type { Attachment } from 'svelte/attachments'

/** Keys that a page handles while it is shown, before the frame does. */
export type Claim = {
  /** Values of `KeyboardEvent.key`; help shows the first. */
  keys: readonly string[]
  does: string
  /** Returns whether it handled the key; otherwise the browser does. */
  run(key: string): boolean
}

export type ClaimedKeys = ReturnType<typeof claimedKeys>

export function claimedKeys() {
  let claims = $state.raw<readonly Claim[]>([])
  return {
    get all() {
      return claims
    },
    /** Adds claims; returns how to remove them. */
    claim(more: readonly Claim[]): () => void {
      claims = [...untrack(() => claims), ...more]
      return () => {
        claims = untrack(() => claims).filter(claim => !more.includes(claim))
      }
    },
  }
}

/** Pages claim with `$effect(() => getKeys().claim([…]))`; the frame listens. */
export const [getKeys, setKeys] = createContext<ClaimedKeys>()

/**
 * An attachment for lists that are one tab stop: arrow keys move between the elements that `selector` finds. It alone
 * sets their `tabindex`.
 */
export const roving =
  (selector: string): Attachment<HTMLElement> =>
  list => {
    const all = () => [...list.querySelectorAll<HTMLElement>(selector)]
    let current: HTMLElement | null = null
    const stopAt = (next: HTMLElement | null) => {
      const cells = all()
      current = next !== null && cells.includes(next) ? next : (cells[0] ?? null)
      for (const cell of cells) cell.tabIndex = cell === current ? 0 : -1
    }
    const cellOf = ({ target }: Event) => (target instanceof Element ? target.closest<HTMLElement>(selector) : null)
    const onfocus = (event: FocusEvent) => {
      const cell = cellOf(event)
      if (cell !== null) stopAt(cell)
    }
    const onkey = (event: KeyboardEvent) => {
      const cell = cellOf(event)
      const next =
        cell === null || event.altKey || event.ctrlKey || event.metaKey ? null : roveTo(event.key, cell, all())
      if (next === null) return
      event.preventDefault()
      next.focus()
    }
    stopAt(null)
    const changes = new MutationObserver(() => stopAt(current))
    changes.observe(list, { childList: true, subtree: true })
    list.addEventListener('focusin', onfocus)
    list.addEventListener('keydown', onkey)
    return () => {
      changes.disconnect()
      list.removeEventListener('focusin', onfocus)
      list.removeEventListener('keydown', onkey)
    }
  }

/**
 * Arrow keys in a grid that is one tab stop: the cell to which `key` moves the focus from `current`, null for other
 * keys. Up and down go to the nearest cell of the next row; left and right follow the direction of writing.
 * @see https://www.w3.org/WAI/ARIA/apg/practices/keyboard-interface/#kbd_roving_tabindex
 */
export function roveTo(key: string, current: HTMLElement, cells: readonly HTMLElement[]): HTMLElement | null {
  const at = cells.indexOf(current)
  const forward = getComputedStyle(current).direction === 'rtl' ? -1 : 1
  if (key === 'ArrowRight') return cells[at + forward] ?? null
  if (key === 'ArrowLeft') return cells[at - forward] ?? null
  if (key === 'Home') return cells[0] ?? null
  if (key === 'End') return cells.at(-1) ?? null
  if (key === 'ArrowDown') return inNextRow(current, cells, 1)
  return key === 'ArrowUp' ? inNextRow(current, cells, -1) : null
}

function inNextRow(current: HTMLElement, cells: readonly HTMLElement[], direction: 1 | -1): HTMLElement | null {
  const from = current.getBoundingClientRect()
  let best: { cell: HTMLElement; rows: number; columns: number } | null = null
  for (const cell of cells) {
    const box = cell.getBoundingClientRect()
    const rows = (box.top - from.top) * direction
    if (rows < from.height / 2) continue
    const columns = Math.abs(box.left + box.width / 2 - from.left - from.width / 2)
    if (!best || rows < best.rows - 1 || (rows < best.rows + 1 && columns < best.columns))
      best = { cell, rows, columns }
  }
  return best?.cell ?? null
}
