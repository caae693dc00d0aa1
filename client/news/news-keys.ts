import type { Claim } from '../ui/keyboard.svelte.ts'
import type { Words } from '../words/en/page.ts'

/**
 * Which of `length` stories a key leads to from the one at `at` (-1: none yet); null where the key means nothing. `j` and `k` lead on and back
 * from anywhere, arrows only from a story: elsewhere they scroll.
 */
export function storyAt(key: string, at: number, length: number): number | null {
  const step =
    key === 'j' || (key === 'ArrowDown' && at >= 0) ? 1 : key === 'k' || (key === 'ArrowUp' && at >= 0) ? -1 : 0
  if (step === 0 || length === 0) return null
  return Math.min(length - 1, Math.max(0, at + step))
}

/** What is told of the keys where the news are read. */
export const keyNames = { next: 'j', previous: 'k', open: 'Enter', find: '/' }

/** The keys that the news have for themselves: from story to story, and to their own search. */
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
