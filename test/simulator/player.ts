import type { Applied } from './apply.ts'
import type { Step } from './step.ts'
import type { Story } from './story.ts'

export type StoryPlayer = {
  /** Applies the next step of the story and returns it; undefined at the end, unless `loop` starts a further round. */
  step(options?: { loop?: boolean }): Applied | undefined
  /** Continues the story in real time, `speed` times as fast. */
  play(options?: { speed?: number; loop?: boolean }): void
  pause(): void
}

/** Plays a story step by step. `apply` applies a step of a round; `beginRound` runs before each round but the first. */
export function createStoryPlayer(
  story: Story,
  apply: (step: Step, round: number) => Applied,
  beginRound: (round: number) => void,
): StoryPlayer {
  let round = 0
  let next = 0
  let timer: NodeJS.Timeout | undefined

  /** The story time of the next step, in ms since its start; undefined when the story is over. */
  const due = (loop: boolean): number | undefined => {
    const item = story.steps[next]
    if (item) return round * story.length + item.at
    const first = story.steps[0]
    return loop && first ? (round + 1) * story.length + first.at : undefined
  }

  const step: StoryPlayer['step'] = ({ loop = false } = {}) => {
    if (next >= story.steps.length && loop) {
      round += 1
      next = 0
      beginRound(round)
    }
    const item = story.steps[next]
    if (!item) return undefined
    next += 1
    return apply(item.step, round)
  }

  const pause: StoryPlayer['pause'] = () => clearTimeout(timer)

  const play: StoryPlayer['play'] = ({ speed = 1, loop = false } = {}) => {
    pause()
    // Time before the first step counts only when nothing was stepped by hand.
    const elapsed = next === 0 && round === 0 ? 0 : (due(loop) ?? 0)
    const origin = performance.now() - elapsed / speed
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
