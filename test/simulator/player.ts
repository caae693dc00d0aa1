import type { Applied } from './apply.ts'
import type { Step } from './step.ts'
import type { Story } from './story.ts'

export type Teller = {
  /** Applies the next step of the story and returns it; undefined at the end, unless `loop` starts a further round. */
  step(options?: { loop?: boolean }): Applied | undefined
  /** Goes on with the story in real time, `speed` times as fast. */
  play(options?: { speed?: number; loop?: boolean }): void
  pause(): void
}

/** Tells a story step by step. `tell` applies a step of a round; `beginRound` comes before each round but the first. */
export function createTeller(
  story: Story,
  tell: (step: Step, round: number) => Applied,
  beginRound: (round: number) => void,
): Teller {
  let round = 0
  let next = 0
  let timer: NodeJS.Timeout | undefined

  /** The story's time of what comes next, in ms since its start; undefined when the story is over. */
  const due = (loop: boolean): number | undefined => {
    const item = story.steps[next]
    if (item) return round * story.length + item.at
    const first = story.steps[0]
    return loop && first ? (round + 1) * story.length + first.at : undefined
  }

  const step: Teller['step'] = ({ loop = false } = {}) => {
    if (next >= story.steps.length && loop) {
      round += 1
      next = 0
      beginRound(round)
    }
    const item = story.steps[next]
    if (!item) return undefined
    next += 1
    return tell(item.step, round)
  }

  const pause: Teller['pause'] = () => clearTimeout(timer)

  const play: Teller['play'] = ({ speed = 1, loop = false } = {}) => {
    pause()
    // Of a story that has not begun the first seconds count; one that was stepped by hand goes on at once.
    const told = next === 0 && round === 0 ? 0 : (due(loop) ?? 0)
    const origin = performance.now() - told / speed
    const wait = (): void => {
      const at = due(loop)
      if (at === undefined) return
      timer = setTimeout(
        () => {
          step({ loop })
          wait()
        },
        origin + at / speed - performance.now(),
      )
    }
    wait()
  }

  return { step, play, pause }
}
