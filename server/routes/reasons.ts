import type { Context } from 'koa'
import { z } from 'zod'
import { Article } from '../../shared/domain/article.ts'
import { concerns, concernsArticle } from '../../shared/domain/concerns.ts'
import { Incident } from '../../shared/domain/incident.ts'
import { RegionId, Slug } from '../../shared/domain/primitives.ts'
import { type Reason, reasonKinds, strengths } from '../../shared/domain/reason.ts'
import { ServiceId } from '../../shared/domain/service.ts'
import { formatUse, type Stack } from '../../shared/domain/stack.ts'
import type { Current } from '../live/current.ts'
import { type Known, unknownName } from '../live/known-channels.ts'

/** Why a record concerns a stack, as programs read it. */
export const WrittenReason = z.object({
  kind: z.enum(reasonKinds),
  strength: z.enum(strengths),
  use: z.string(),
  via: Slug.nullable(),
  provider: Slug,
  service: ServiceId.nullable(),
  region: RegionId.nullable(),
  part: z.string().nullable(),
  zones: z.array(z.string()),
})
type WrittenReason = z.infer<typeof WrittenReason>

const reasons = { reasons: z.array(WrittenReason).optional() }
export const ConcerningIncident = z.intersection(Incident, z.object(reasons))
export const ConcerningArticle = z.intersection(Article, z.object(reasons))

/** The records that concern a stack, each with its reasons, the strongest first. */
export const withReasons = <R extends Incident | Article>(
  records: readonly R[],
  stack: Stack,
  { stacks }: Pick<Current, 'stacks'>,
): (R & { reasons: WrittenReason[] })[] =>
  records.flatMap(record => {
    const reasons = reasonsOf(record, stack, stacks.facts).map(written)
    return reasons.length === 0 ? [] : [{ ...record, reasons }]
  })

const reasonsOf = (record: Incident | Article, stack: Stack, facts: Current['stacks']['facts']): Reason[] =>
  'publishedAt' in record ? concernsArticle(stack, record, facts) : concerns(stack, record, facts)

const written = ({ use, zones, ...reason }: Reason): WrittenReason => ({
  ...reason,
  use: formatUse(use),
  zones: [...zones],
})

/** In any form: what is meant by 'Shop' is told where the names are known. */
const Named = z.string().min(1, 'must not be empty').max(140, 'must be at most 140 characters').optional()

/** What a query may narrow records to, beside what they have of their own. */
export const ConcernQuery = { stack: Named, service: Named, vendor: Named }
type ConcernQuery = z.infer<z.ZodObject<typeof ConcernQuery>>

type Filtered<R> = {
  matches(record: R): boolean
  /** The records with their reasons, where a stack is asked for. */
  explain(records: readonly R[]): readonly R[]
}

/**
 * The filter of a query. What does not exist is answered 400, with the nearest that does.
 * @param about the providers of a record, and every service that it named
 */
export function concernFilter<R extends Incident | Article>(
  ctx: Context,
  query: ConcernQuery,
  { current, known }: { current: Current; known: Known },
  about: (record: R) => { providers: readonly string[]; services: readonly ServiceId[] },
): Filtered<R> {
  for (const kind of ['stack', 'service', 'vendor'] as const) {
    const id = query[kind]
    if (id !== undefined && !known[kind].has(id)) ctx.throw(400, `${kind}: ${unknownName(kind, id, known)}`)
  }
  const { service, vendor } = query
  const stack = query.stack === undefined ? undefined : current.stacks.facts.stacks.get(query.stack)
  return {
    matches: record =>
      (service === undefined || about(record).services.includes(service)) &&
      (vendor === undefined || about(record).providers.includes(vendor)) &&
      (stack === undefined || reasonsOf(record, stack, current.stacks.facts).length > 0),
    explain: records => (stack === undefined ? records : withReasons(records, stack, current)),
  }
}
