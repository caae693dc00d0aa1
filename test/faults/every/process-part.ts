import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from './clock.ts'
import type { Dice } from './dice.ts'
import type { Fault, Part } from './fault.ts'
import type { KeptRole } from './kept-role.ts'

/** A clock is off by at most so much, in s. */
const MOST_OFF_S = 7_200

/** A process is killed, asked to end, hangs for shorter and longer than leases and heartbeats, or has a wrong clock. */
export function processPart(name: string, kept: KeptRole, clock: Clock | undefined): Part {
  const faults: [Fault, ...Fault[]] = [
    { kind: 'killed', share: 30, inflict: async dice => void (await kept.end('SIGKILL', dice.between(0, 1_000))) },
    {
      kind: 'asked to end',
      share: 10,
      async inflict(dice) {
        const code = await kept.end('SIGTERM', dice.between(0, 1_000))
        // null: it had not yet come so far as to hear it
        if (
          code !== 0 &&
          code !== null &&
          !/"msg":"(?:stopping took too long|a part did not close)"/.test(kept.role.output())
        )
          throw new Error(`${name} ended with ${code} and no word of it\n${kept.role.output().slice(-2_000)}`)
      },
    },
    { kind: 'hangs', share: 25, inflict: dice => kept.hang(dice.between(200, 3_000)) },
    { kind: 'hangs for long', share: 8, inflict: dice => kept.hang(dice.between(7_000, 12_000)) },
    ...(clock === undefined ? [] : [clockFault(clock)]),
  ]
  return { name, rest: { least: 1_000, most: 5_000 }, faults }
}

/** The clock is wrong for a while, and right again. */
export const clockFault = (clock: Clock): Fault => ({
  kind: 'clock is wrong',
  share: 15,
  async inflict(dice: Dice) {
    clock.set(dice.pick([1, -1]) * dice.between(5, MOST_OFF_S))
    await sleep(dice.between(1_500, 5_000))
    clock.set(0)
  },
})
