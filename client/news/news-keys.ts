import type { Claim } from '../ui/keyboard.svelte.ts'
import type { Words } from '../words/en/page.ts'

/**
 * The index of the story that a key moves to, from the story at `at` (-1: none) of `length`; null for other keys. `j`
 * and `k` always move; arrows move between stories and scroll elsewhere.
 */
export function storyAt(key: string, at: number, length: number): number | null {
  const step =
    key === 'j' || (key === 'ArrowDown' && at >= 0) ? 1 : key === 'k' || (key === 'ArrowUp' && at >= 0) ? -1 : 0
  if (step === 0 || length === 0) return null
  return Math.min(length - 1, Math.max(0, at + step))
}

/** Keys as the news page lists them. */
export const keyNames = { next: 'j', previous: 'k', open: 'Enter', find: '/' }

/** The keys of the news page: next story, previous story, its own search. */
export function newsKeys(
  { list, search }: Record<'list' | 'search', () => HTMLElement | undefined>,
  does: Words['newsPage']['does'],
): Claim[] {
  const walk = (key: string): boolean => {
    const links = [...(list()?.querySelectorAll<HTMLElement>('h3 > a') ?? [])]
    const at = links.findIndex(link => link.matches(':focus'))
    const next = storyAt(key, at, links.length)
    if (next === null) return false
    links[next]?.focus()
    return true
  }
  const find = (): boolean => {
    search()?.focus()
    return search() !== undefined
  }
  return [
    { keys: [keyNames.next, 'ArrowDown'], does: does.next, run: walk },
    { keys: [keyNames.previous, 'ArrowUp'], does: does.previous, run: walk },
    { keys: [keyNames.find], does: does.find, run: find },
  ]
}
