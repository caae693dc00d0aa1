import { regionName } from '../regions.ts'
import { type Seeded, seeded } from '../seeded.ts'
import { parseStep, type Step, type StepInput } from '../step.ts'
import type { Story } from '../story.ts'
import { clouds } from '../world.ts'
import { nightWork, type Plot, type Scene, scenes } from './plots.ts'

export type PastStep = Story['before'][number]

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** The last hours are told by a story of their own. */
const UNTIL_MS = 27 * HOUR_MS

/**
 * What happened in the days before a story, oldest first: several incidents a week on every side, a few large ones, and
 * work by night. The same words give the same past. @param now ms since the epoch, for nights
 */
export function pastSteps(days: number, now: number, words = 'nephoscope'): PastStep[] {
  const chance = seeded(words)
  const taken = new Set<string>()
  const steps: PastStep[] = []
  let number = 0
  for (let day = days; day >= 2; day--) {
    const isWeekend = [0, 6].includes(new Date(now - day * DAY_MS).getUTCDay())
    const count = Math.floor(chance.next() * (isWeekend ? 2.2 : 3.8))
    for (let nth = 0; nth < count; nth++) {
      const told = incident(`past-${++number}`, day * DAY_MS - chance.below(DAY_MS), chance, taken)
      if ((told.at(-1)?.ago ?? 0) > UNTIL_MS) steps.push(...told)
    }
    if (day % 4 === 0 && day > 5) steps.push(...maintenance(`night-${day}`, day, now, chance))
  }
  return steps.sort((a, b) => b.ago - a.ago)
}

/** Each scene as often as it weighs. */
const weighed = scenes.flatMap(scene => Array.from({ length: scene.weight }, () => scene))

function plotBy({ plots }: Pick<Scene, 'plots'>, chance: Seeded): Plot {
  const plot = chance.pick(plots)
  return chance.next() < frequency[plot.worst] ? plot : plotBy({ plots }, chance)
}

/** Small trouble is more frequent than large. */
const frequency: Readonly<Record<Plot['worst'], number>> = { minor: 1, major: 0.6, critical: 0.3 }

const minutes: Readonly<Record<Plot['worst'], readonly [number, number]>> = {
  minor: [18, 150],
  major: [35, 260],
  critical: [80, 420],
}

function incident(id: string, ago: number, chance: Seeded, taken: Set<string>): PastStep[] {
  const steps = incidentSteps(id, null, chance)
  const [first] = steps
  // Azure makes its ids of titles.
  if (first?.step.do === 'open' && first.step.on === 'azure') {
    if (taken.has(first.step.title)) return incident(id, ago, chance, taken)
    taken.add(first.step.title)
  }
  return steps.map(({ after, step }) => ({ ago: Math.round(ago - after), step }))
}

/**
 * An incident from its beginning to its end, as steps with their time after it began, in ms.
 * @param lasts in ms; null: as long as such a thing takes
 */
export function incidentSteps(id: string, lasts: number | null, chance: Seeded): { after: number; step: Step }[] {
  const scene = chance.pick(weighed)
  const plot = plotBy(scene, chance)
  const regions = scene.regions.length === 0 ? [] : [chance.pick(scene.regions)]
  const cloud = clouds.find(name => name === scene.on)
  const place = cloud === undefined ? '' : (regionName(cloud, regions[0] ?? '').split(' (')[0] ?? '')
  const title = plot.title.replace('{place}', place)
  const [shortest, longest] = minutes[plot.worst]
  const length = lasts ?? chance.between(shortest, longest) * MINUTE_MS
  const [text, cause, end] = plot.words
  const at = (part: number, step: StepInput) => ({ after: length * part, step: parseStep(step) })
  const more = chance.next() < 0.18 && scene.regions.length > 0 ? [chance.pick(scene.regions)] : []
  const stranger = more.filter(code => !regions.includes(code))
  return [
    at(0, { do: 'open', id, on: scene.on, title, impact: 'minor', regions, services: [...plot.services], text }),
    ...(plot.worst === 'minor' ? [] : [at(0.12, { do: 'update', id, impact: plot.worst, text: grows })]),
    ...(stranger.length > 0 ? [at(0.25, { do: 'spread', id, regions: stranger, text: spreads })] : []),
    at(0.4, { do: 'identify', id, text: cause }),
    at(0.78, { do: 'monitor', id, ...(plot.worst === 'minor' ? {} : { impact: 'minor' }) }),
    at(1, { do: 'resolve', id, text: end }),
  ]
}

const grows = 'More customers are affected than we saw at first.'
const spreads = 'Customers in one more region report the same.'

function maintenance(id: string, day: number, now: number, chance: Seeded): PastStep[] {
  const { on, title, services } = chance.pick(nightWork)
  const midnight = Math.floor((now - day * DAY_MS) / DAY_MS) * DAY_MS
  const begins = now - midnight - chance.between(1, 3) * HOUR_MS
  const hours = 1 + chance.below(3)
  const lead = 3 + chance.below(4)
  const at = (ago: number, step: StepInput): PastStep => ({ ago: Math.round(ago), step: parseStep(step) })
  const window = { in: `${lead * 24}h`, for: `${hours}h` }
  return [
    at(begins + lead * DAY_MS, { do: 'schedule', id, on, title, services: [...services], ...window }),
    at(begins, { do: 'begin', id }),
    at(begins - hours * HOUR_MS, { do: 'complete', id }),
  ]
}
