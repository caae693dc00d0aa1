import type { Claim } from '../state/claimed-keys.svelte.ts'
import { storyAt } from '../state/story-keys.ts'
import type { Words } from '../words/words.ts'

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
