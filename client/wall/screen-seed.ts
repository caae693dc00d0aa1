const KEY = 'nephoscope.wall.seed'

/** What tells this screen's browser from others when reloads are spread; the same for as long as its storage is kept. */
export function screenSeed(storage: Pick<Storage, 'getItem' | 'setItem'> | null, random: () => number): string {
  const kept = storage?.getItem(KEY)
  if (kept && /^[a-z0-9]{1,20}$/.test(kept)) return kept
  const seed = Math.floor(random() * 2 ** 48).toString(36)
  storage?.setItem(KEY, seed)
  return seed
}
