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
