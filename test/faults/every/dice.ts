/** Chance that can be had again: the same seed gives the same throws. */
export type Dice = {
  /** In [0, 1). */
  chance(): number
  between(least: number, most: number): number
  pick<T>(from: readonly [T, ...T[]]): T
  /** Dice of their own for somebody who throws at other times. */
  another(): Dice
}

/** @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    chance: next,
    between: (least, most) => least + next() * (most - least),
    pick: from => from[Math.floor(next() * from.length)] ?? from[0],
    another: () => diceOf(Math.floor(next() * 2 ** 32)),
  }
}
