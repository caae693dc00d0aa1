import type { Applied } from './apply.ts'
import type { Step } from './step.ts'
import type { Round, Story } from './story.ts'

export type StoryPlayer = {
  /** Applies the next step of the story and returns it; undefined at the end, unless `loop` starts a further round. */
  step(options?: { loop?: boolean }): Applied | undefined
  /** Continues the story in real time, `speed` times as fast, until a time of the story, in ms; then `onHeld` is called. */
  play(options?: { speed?: number; loop?: boolean; until?: number; onHeld?: () => void }): void
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
  /** When the round begins, in ms since the start of the story. */
  let begin = 0
  let present: Round = story
  let timer: NodeJS.Timeout | undefined
  const roundAfter = (): Round => story.later?.(round + 1) ?? story
  let following: Round | undefined

  /** The story time of the next step, in ms since its start; undefined when the story is over. */
  const due = (loop: boolean): number | undefined => {
    const item = present.steps[next]
    if (item) return begin + item.at
    if (!loop) return undefined
    following ??= roundAfter()
    const [first] = following.steps
    return first && begin + present.length + first.at
  }

  const step: StoryPlayer['step'] = ({ loop = false } = {}) => {
    if (next >= present.steps.length && loop) {
      begin += present.length
      present = following ?? roundAfter()
      following = undefined
      round += 1
      next = 0
      beginRound(round)
    }
    const item = present.steps[next]
    if (!item) return undefined
    next += 1
    return apply(item.step, round)
  }

  const pause: StoryPlayer['pause'] = () => clearTimeout(timer)

  const play: StoryPlayer['play'] = ({ speed = 1, loop = false, until = Number.POSITIVE_INFINITY, onHeld } = {}) => {
    pause()
    // Time before the first step counts only when nothing was stepped by hand.
    const elapsed = next === 0 && round === 0 ? 0 : (due(loop) ?? 0)
    const origin = performance.now() - elapsed / speed
    const wait = (): void => {
      const at = due(loop)
      if (at === undefined || at > until) return void onHeld?.()
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
