import type { StepInput } from '../../test/simulator/step.ts'
import type { Expected } from './clients.ts'

/** One thing that happens in the simulated world, and the event by which everybody must hear of it. */
export type Change = {
  /** Where it happens, for the report. */
  on: string
  step: StepInput
  expected: Expected
  /** How many answers of the source must show it before it counts: absence wants to be seen twice. */
  readings: 1 | 2
}

type Place = {
  on: string
  regions: string[]
  services: string[]
  /** Whether the source still lists what is over, and says so. */
  tellsEnd: boolean
}

const places: readonly Place[] = [
  { on: 'azure', regions: ['westeurope'], services: ['Storage'], tellsEnd: false },
  { on: 'aws', regions: ['eu-west-1'], services: ['AWS Lambda'], tellsEnd: true },
  { on: 'google', regions: ['europe-west4'], services: ['Cloud SQL'], tellsEnd: true },
  { on: 'github', regions: [], services: ['Actions'], tellsEnd: false },
  { on: 'openai', regions: [], services: ['Realtime'], tellsEnd: false },
]

/** One of each format. */
const feeds = ['cloud-gazette', 'the-rack', 'region-watch', 'green-grid'] as const

/** An incident that opens, is explained and ends, everywhere, and an article in every feed. */
export const changesOf = (round: number): Change[] => [
  ...places.flatMap(place => incidentOn(place, round)),
  ...feeds.map(feed => articleIn(feed, round)),
]

function incidentOn({ on, tellsEnd, ...where }: Place, round: number): Change[] {
  const id = `${on}-${round}`
  const title = `Requests fail for some, case ${id}`
  return [
    {
      on,
      step: { do: 'open', id, on, title, impact: 'major', ...where, text: 'We look into failing requests.' },
      expected: { type: 'incident.opened', title },
      readings: 1,
    },
    {
      on,
      step: { do: 'identify', id, text: 'The cause is identified and a mend is on its way.' },
      expected: { type: 'incident.updated', title },
      readings: 1,
    },
    {
      on,
      step: { do: 'resolve', id, text: 'Requests succeed again.' },
      expected: { type: 'incident.resolved', title },
      readings: tellsEnd ? 1 : 2,
    },
  ]
}

function articleIn(feed: string, round: number): Change {
  const title = `Article ${round} in ${feed}`
  return {
    on: feed,
    step: { do: 'publish', feed, title, summary: 'A new zone has opened near Amsterdam.' },
    expected: { type: 'article.published', title },
    readings: 1,
  }
}
