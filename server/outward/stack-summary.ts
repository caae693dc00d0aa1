import { concerns } from '../../shared/domain/concerns.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import { partName } from '../../shared/domain/part-names.ts'
import { sourceOf } from '../../shared/domain/primitives.ts'
import type { StackFacts } from '../../shared/domain/reason.ts'
import type { Stack } from '../../shared/domain/stack.ts'
import { type StackStatus, type StackView, stackStatus } from '../../shared/domain/stack-status.ts'
import type { View } from '../../shared/domain/view.ts'
import { isWatched, type StatusSummary, type SummaryFacts } from './status-summary.ts'

export type StackSummary = StatusSummary & Pick<StackStatus, 'silent' | 'unwatched'>

export type StackSummaryFacts = SummaryFacts & { stackFacts: StackFacts }

/**
 * The status of a stack: what certainly or likely concerns it. `unknown` where one of its sources is silent and nothing
 * worse is known, and without a heartbeat for a minute. Pure.
 */
export function stackSummary(stack: Stack, { workersAt, now, stackFacts, ...facts }: StackSummaryFacts): StackSummary {
  const view = withParts(facts.view)
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

const withParts = (view: View): View & StackView => ({
  ...view,
  partsOf: ({ id }) => [...view.components.values()].filter(part => sourceOf(part.id) === id).map(partName),
})

/** The view as it was before its regions became stale. */
const lastKnownIn = <V extends View>(view: V): V => ({
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
