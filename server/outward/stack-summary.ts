import { concerns, type StackFacts } from '../../shared/domain/concerns.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import type { Stack } from '../../shared/domain/stack.ts'
import { type StackStatus, stackStatus } from '../../shared/domain/stack-status.ts'
import type { View } from '../../shared/domain/view.ts'
import { isWatched, type StatusSummary, type SummaryFacts } from './status-summary.ts'

export type StackSummary = StatusSummary & Pick<StackStatus, 'silent' | 'unwatched'>

export type StackSummaryFacts = SummaryFacts & { stackFacts: StackFacts }

/**
 * The status of a stack: what certainly or likely concerns it. `unknown` where one of its sources is silent and nothing
 * worse is known, and without a heartbeat for a minute. Pure.
 */
export function stackSummary(stack: Stack, { view, workersAt, now, stackFacts }: StackSummaryFacts): StackSummary {
  const { status, silent, unwatched } = stackStatus(stack, view, stackFacts, now)
  const watched = isWatched(workersAt, now)
  if (watched && status !== 'unknown') return { status, since: null, lastKnown: null, silent, unwatched }
  const [at] = [...(watched ? [] : [workersAt]), ...silent.map(({ lastOkAt }) => lastOkAt)]
    .filter(instant => instant !== null)
    .sort()
  const before = at === undefined ? 'unknown' : stackStatus(stack, lastKnownIn(view), stackFacts, Date.parse(at)).status
  const lastKnown = at === undefined || before === 'unknown' ? null : { status: before, at }
  return { status: 'unknown', since: null, lastKnown, silent, unwatched }
}

/** The view as it was before its regions became stale. */
const lastKnownIn = (view: View): View => ({
  ...view,
  statuses: new Map(
    [...view.statuses].map(([id, one]) => [id, { ...one, status: one.lastKnown?.status ?? one.status }]),
  ),
})

/** The incidents that certainly or likely concern a stack. */
export const incidentsOfStack = (stack: Stack, { view, stackFacts }: StackSummaryFacts): Incident[] =>
  [...view.incidents.values()].filter(incident =>
    concerns(stack, incident, stackFacts).some(({ strength }) => strength !== 'possible'),
  )
