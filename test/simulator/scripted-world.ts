import { applyStep } from './apply.ts'
import { newWorld } from './new-world.ts'
import { parseStep, type StepInput } from './step.ts'
import type { World } from './world.ts'

/** The instant of a test's first step, ms since the epoch. */
export const START = Date.parse('2026-11-24T10:00:00Z')

/** A world without a server, and a function that applies steps to it. */
export function scriptedWorld(): { world: World; apply(...steps: StepInput[]): number } {
  const world = newWorld('http://127.0.0.1:4100')
  let clock = START
  return {
    world,
    /** Applies steps a minute apart; returns the time of the last. */
    apply(...steps) {
      for (const step of steps) {
        applyStep(world, parseStep(step), { at: clock, round: 0 })
        clock += 60_000
      }
      return clock - 60_000
    },
  }
}
