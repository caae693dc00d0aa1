/** Numbers by slot. */
export type Numbers = Int32Array<ArrayBuffer>

/** A list of slot numbers in one piece of memory: walking it touches nothing else. */
export type SlotList = {
  /** The list is the first `length` of these. */
  slots: Numbers
  length: number
}

const FIRST_CAPACITY = 4

export const emptyList = (): SlotList => ({ slots: new Int32Array(FIRST_CAPACITY), length: 0 })

/** Returns the place that the slot got. */
export function append(list: SlotList, slot: number): number {
  if (list.length === list.slots.length) list.slots = grown(list.slots, list.length + 1)
  list.slots[list.length] = slot
  return list.length++
}

/** The array, or one twice as long with the same numbers and zeros behind them, so that it holds at least so many. */
export function grown(numbers: Numbers, atLeast: number): Numbers {
  if (numbers.length >= atLeast) return numbers
  const more = new Int32Array(Math.max(atLeast, numbers.length * 2))
  more.set(numbers)
  return more
}
