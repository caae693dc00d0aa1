import { concerns } from '../../shared/domain/concerns.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import type { StackFacts } from '../../shared/domain/reason.ts'
import type { Stack } from '../../shared/domain/stack.ts'
import {
  type StackStatus,
  type StackView,
  stackStatus,
  stackStatuses,
  withParts,
} from '../../shared/domain/stack-status.ts'
import type { Status } from '../../shared/domain/status.ts'
import { isWatched, type StatusSummary, type SummaryFacts } from './status-summary.ts'

export type StackSummary = StatusSummary & Pick<StackStatus, 'silent' | 'unwatched'>

export type StackSummaryFacts = SummaryFacts & { stackFacts: StackFacts }

/**
 * The status of a stack: what certainly or likely concerns it. `unknown` where one of its sources is silent and nothing
 * worse is known, and without a heartbeat for a minute. Pure.
 */
export const stackSummary = (stack: Stack, facts: StackSummaryFacts): StackSummary =>
  stackSummaries(facts)(stack, [...facts.view.incidents.values()])

/** The same for many stacks, each with the incidents that may concern it. */
export function stackSummaries(
  facts: StackSummaryFacts,
): (stack: Stack, incidents: readonly Incident[]) => StackSummary {
  const { workersAt, now, stackFacts } = facts
  const view = withParts(facts.view)
  const statusOf = stackStatuses(view, stackFacts, now)
  return (stack, incidents) => {
    const { status, silent, unwatched } = statusOf(stack, incidents)
    const watched = isWatched(workersAt, now)
    if (watched && status !== 'unknown') return { status, since: null, lastKnown: null, silent, unwatched }
    const [at] = [...(watched ? [] : [workersAt]), ...silent.map(({ lastOkAt }) => lastOkAt)]
      .filter(instant => instant !== null)
      .sort()
    const before = at === undefined ? 'unknown' : statusAt(at, stack, view, stackFacts)
    const lastKnown = at === undefined || before === 'unknown' ? null : { status: before, at }
    return { status: 'unknown', since: null, lastKnown, silent, unwatched }
  }
}

const statusAt = (at: Instant, stack: Stack, view: StackView, facts: StackFacts): Status =>
  stackStatus(stack, lastKnownIn(view), facts, Date.parse(at)).status

/** The status of each of many stacks, without what was last known of it. */
export function stackStatusesNow({
  view,
  stackFacts,
  workersAt,
  now,
}: StackSummaryFacts): (stack: Stack, incidents: readonly Incident[]) => Status {
  const statusOf = stackStatuses(withParts(view), stackFacts, now)
  return (stack, incidents) => (isWatched(workersAt, now) ? statusOf(stack, incidents).status : 'unknown')
}

/** The view as it was before its regions became stale. */
const lastKnownIn = (view: StackView): StackView => ({
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
