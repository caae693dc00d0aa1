import type { Dice } from './dice.ts'

/** Something that goes wrong. */
export type Fault = {
  kind: string
  /** How often it is drawn, against the others of its part. */
  share: number
  /** Lets it happen; resolves when it is over and all is well again. */
  inflict(dice: Dice): Promise<void>
}

/** What can fail on its own. One fault at a time, while other parts have theirs. */
export type Part = {
  name: string
  /** How long it is well between two faults, in ms. */
  rest: { least: number; most: number }
  faults: readonly [Fault, ...Fault[]]
}

/** Draws one by its share. */
export function draw({ faults }: Part, dice: Dice): Fault {
  let left = dice.chance() * faults.reduce((sum, { share }) => sum + share, 0)
  for (const fault of faults) {
    left -= fault.share
    if (left < 0) return fault
  }
  return faults[0]
}
