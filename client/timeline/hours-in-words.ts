import type { Status } from '../../shared/domain/status.ts'
import { clockTime, type FirstWhen } from '../ui/time.ts'

const HOUR_MS = 3_600_000
const MAX_RUNS = 5

/**
 * A strip of hours as one sentence: 'Last 24 hours: degraded performance 01:00–03:00, unknown before 14:00, else
 * operational.' @param from ms, when the first cell begins
 */
export function hoursInWords(cells: readonly Status[], from: number, when: FirstWhen): string {
  const { hours: say, states, lists } = when.words
  const runs = runsOf(cells)
  const [first] = runs
  if (first === undefined || runs.length === 1) return say.last(states.label[first?.status ?? 'unknown'])
  const clock = (index: number) => {
    const at = from + index * HOUR_MS
    return clockTime(at, { ...when, now: at })
  }
  const told = runs
    .filter(({ status }) => status !== 'operational')
    .map(run => {
      const state = states.label[run.status]
      if (run.from === 0) return say.before(state, clock(run.until))
      if (run.until === cells.length) return say.after(state, clock(run.from))
      return say.between(state, clock(run.from), clock(run.until))
    })
  const rest = cells.includes('operational') ? say.rest(states.label.operational) : null
  return say.last(lists.plain([lists.sentence(told, MAX_RUNS), ...(rest === null ? [] : [rest])]))
}

/** Equal hours in a row; `until` is the index after the last. */
type Run = { status: Status; from: number; until: number }

function runsOf(cells: readonly Status[]): Run[] {
  const runs: Run[] = []
  for (const [index, status] of cells.entries()) {
    const last = runs.at(-1)
    if (last?.status === status) last.until = index + 1
    else runs.push({ status, from: index, until: index + 1 })
  }
  return runs
}
