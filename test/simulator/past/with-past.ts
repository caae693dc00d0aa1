import type { Newsroom } from '../news/stories.ts'
import type { StepInput } from '../step.ts'
import type { Story } from '../story.ts'
import { laterRound } from './later-rounds.ts'
import { pastSteps } from './past-steps.ts'

/** What surrounds a story: the day that leads to it, and the news before and after it. */
export type Surroundings = { today: Story; news: Newsroom }

/**
 * A story with days of history, the busy day that leads to it, and rounds that go on without telling anything twice.
 * @param now ms since the epoch
 */
export const withPast = (story: Story, { today, news }: Surroundings, days: number, now: number): Story => ({
  ...story,
  before: [...pastSteps(days, now), ...today.before, ...news.before, ...story.before].sort((a, b) => b.ago - a.ago),
  later: round => laterRound(round, news, ending),
})

/** The end of what is open when the demo begins; the cable stays cut. */
const ending: readonly StepInput[] = [
  {
    do: 'monitor',
    id: 'day-dublin',
    text: 'Launches succeed in all Availability Zones. We are watching the recovery.',
  },
  { do: 'resolve', id: 'day-fra', text: 'Traffic was moved back to Frankfurt. Latencies are normal.' },
  { do: 'resolve', id: 'slow-openai', text: 'Uploaded files are processed at once.' },
  { do: 'resolve', id: 'day-dublin', text: 'The issue has been resolved. Launches succeed at the usual rate.' },
]
