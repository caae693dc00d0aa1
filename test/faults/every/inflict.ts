import { setTimeout as sleep } from 'node:timers/promises'
import type { Dice } from './dice.ts'
import { draw, type Part } from './fault.ts'

/** Inflicts so many faults, on all parts at once. Resolves when the last one is over: how often each kind was, by part and kind. */
export async function inflict(
  parts: readonly Part[],
  most: number,
  dice: Dice,
  onFault: (part: string, kind: string, count: number) => void,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  let begun = 0
  await Promise.all(
    parts.map(async part => {
      const its = dice.another()
      await sleep(its.between(0, part.rest.most))
      while (begun < most) {
        begun += 1
        const fault = draw(part, its)
        const name = `${part.name}: ${fault.kind}`
        onFault(part.name, fault.kind, begun)
        await fault.inflict(its)
        counts.set(name, (counts.get(name) ?? 0) + 1)
        await sleep(its.between(part.rest.least, part.rest.most))
      }
    }),
  )
  return counts
}
