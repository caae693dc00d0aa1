import { setTimeout as sleep } from 'node:timers/promises'
import type { Line } from '../../support/line.ts'
import type { Dice } from './dice.ts'
import type { Fault, Part } from './fault.ts'

/** Longer than Redis' connections (15 s) and the sockets of clients (18 s) put up with silence; in ms. */
const LONG_MS = 19_000

/** Everything that a network does. `dearest`: how long, in ms, it is usually away at most. */
export function linePart(name: string, line: Line, rest: Part['rest'], dearest: number): Part {
  const whileSo =
    (begin: (dice: Dice) => void, least: number, most: number) =>
    async (dice: Dice): Promise<void> => {
      begin(dice)
      await sleep(dice.between(least, most))
      line.up()
    }
  const faults: [Fault, ...Fault[]] = [
    { kind: 'cut', share: 30, inflict: async () => line.cut() },
    { kind: 'slow', share: 15, inflict: whileSo(dice => line.slow(dice.between(20, 200), 1e9), 500, 3_000) },
    { kind: 'narrow', share: 10, inflict: whileSo(dice => line.slow(0, dice.between(20_000, 200_000)), 500, 3_000) },
    { kind: 'down', share: 15, inflict: whileSo(() => line.down(), 100, dearest) },
    { kind: 'frozen', share: 15, inflict: whileSo(() => line.freeze(), 100, dearest) },
    { kind: 'frozen for long', share: 1, inflict: whileSo(() => line.freeze(), LONG_MS, LONG_MS) },
    {
      kind: 'half-open, then cut',
      share: 12,
      async inflict(dice) {
        line.strand()
        await sleep(dice.between(100, dearest))
        line.cut()
      },
    },
    { kind: 'half-open for ever', share: 2, inflict: async () => line.strand() },
  ]
  return { name, rest, faults }
}
