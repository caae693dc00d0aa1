import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import { isEnded } from '../../shared/domain/incident.ts'
import { groupBy } from '../../shared/domain/order.ts'
import { Instant, Slug } from '../../shared/domain/primitives.ts'
import { worstFirst } from '../../shared/domain/region-status.ts'
import { formatUse, type Stack } from '../../shared/domain/stack.ts'
import { Status } from '../../shared/domain/status.ts'
import type { Current } from '../live/current.ts'
import { type Known, unknownName } from '../live/known-channels.ts'
import { type StackSummary, type StackSummaryFacts, stackSummaries } from '../outward/stack-summary.ts'
import { stateRoute } from './kinds.ts'
import { ConcerningIncident, withReasons } from './reasons.ts'

export type StacksDeps = { current: Current; known: Known; facts: () => StackSummaryFacts }

/** A stack and how it does now. */
const StackNow = z.object({
  id: Slug,
  name: z.string(),
  uses: z.array(z.string()),
  status: Status,
  lastKnown: z.object({ status: Status, at: Instant }).nullable(),
  silent: z.array(Slug),
  unwatched: z.array(z.string()),
})

/** A thousand stacks take a tenth of a second, in which events would wait. */
const STACKS_AT_ONCE = 50

export const getStacks = stateRoute({
  path: '/api/stacks',
  summary: 'The stacks of the sources file, and how each does.',
  details:
    '`silent`: sources of it without news; `unwatched`: uses that no source reports on, or whose part is none of the page.',
  answer: { stacks: z.array(StackNow) },
  async handle(_request, { current, facts }: StacksDeps) {
    const now = facts()
    const concerning = groupBy([...now.view.incidents.values()], current.stacks.of.incidents)
    const summaryOf = stackSummaries(now)
    const stacks: z.infer<typeof StackNow>[] = []
    for (const stack of now.stackFacts.stacks.values()) {
      if (stacks.length % STACKS_AT_ONCE === STACKS_AT_ONCE - 1) await nextTurn()
      stacks.push(stackNow(stack, summaryOf(stack, concerning.get(stack.id) ?? [])))
    }
    return { stacks }
  },
})

export const getStack = stateRoute({
  path: '/api/stacks/:stack',
  summary: 'A stack, and what is open of what concerns it, with the reasons.',
  answer: { stack: StackNow, incidents: z.array(ConcerningIncident) },
  faults: [404],
  handle({ ctx, params }, { current, known, facts }: StacksDeps) {
    const now = facts()
    const stack = now.stackFacts.stacks.get(params.stack)
    if (stack === undefined) return ctx.throw(404, unknownName('stack', params.stack, known))
    const concerning = withReasons(
      [...now.view.incidents.values()].filter(incident => !isEnded(incident)).sort(worstFirst),
      stack,
      current,
    )
    return { stack: stackNow(stack, stackSummaries(now)(stack, concerning)), incidents: concerning }
  },
})

function stackNow(stack: Stack, summary: StackSummary): z.infer<typeof StackNow> {
  const { id, name, uses } = stack
  const { status, lastKnown, silent, unwatched } = summary
  return {
    id,
    name,
    uses: uses.map(formatUse),
    status,
    lastKnown,
    silent: silent.map(source => source.id),
    unwatched: unwatched.map(formatUse),
  }
}
