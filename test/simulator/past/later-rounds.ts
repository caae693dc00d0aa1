import type { Newsroom } from '../news/stories.ts'
import { seeded } from '../seeded.ts'
import { parseStep, type Step, type StepInput } from '../step.ts'
import type { Round } from '../story.ts'
import { incidentSteps } from './past-steps.ts'

const MINUTE_MS = 60_000

/** The busy minutes come first; then rounds grow longer, so that a demo that runs for days has believable days. */
const lengthOf = (round: number): number => Math.min(10 * round, 60) * MINUTE_MS

/** How often news appear in the first of these rounds, in ms; later ones have as many in more time. */
const NEWS_EVERY_MS = 50_000
const NEWS_PER_ROUND = (10 * MINUTE_MS) / NEWS_EVERY_MS

/**
 * A round after the story: what was open before the demo ends, other things happen, and no news are told twice.
 * @param round from 1 on @param ending what the first of these rounds begins with, such as the end of what is open
 */
export function laterRound(round: number, news: Newsroom, ending: readonly StepInput[]): Round {
  const chance = seeded(`round ${round}`)
  const length = lengthOf(round)
  const stretch = length / (10 * MINUTE_MS)
  const at = (ms: number, step: Step) => ({ at: Math.round(ms), step })
  const incidents = [0.06, 0.36, 0.62].flatMap((part, nth) => {
    const lasts = length * chance.between(0.16, 0.3)
    const begins = length * (part + chance.between(0, 0.06))
    return incidentSteps(`later-${nth + 1}`, lasts, chance).map(({ after, step }) => at(begins + after, step))
  })
  const told = Array.from({ length: NEWS_PER_ROUND }, (_, nth) =>
    at((nth + 0.5) * NEWS_EVERY_MS * stretch, news.story((round - 1) * NEWS_PER_ROUND + nth)),
  )
  const ended = round > 1 ? [] : ending.map((step, nth) => at((nth + 1) * MINUTE_MS, parseStep(step)))
  return { length, steps: [...incidents, ...told, ...ended].sort((a, b) => a.at - b.at) }
}
