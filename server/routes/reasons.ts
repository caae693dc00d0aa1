import { z } from 'zod'
import { Article } from '../../shared/domain/article.ts'
import { concerns, concernsArticle } from '../../shared/domain/concerns.ts'
import { Incident } from '../../shared/domain/incident.ts'
import { RegionId, Slug } from '../../shared/domain/primitives.ts'
import { type Reason, reasonKinds, strengths } from '../../shared/domain/reason.ts'
import { ServiceId } from '../../shared/domain/service.ts'
import { formatUse, type Stack } from '../../shared/domain/stack.ts'
import { Name } from '../http/request.ts'
import type { Current } from '../live/current.ts'

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

/** What a query may narrow records to, beside what they have of their own. */
export const ConcernQuery = { stack: Name.optional(), service: Name.optional(), vendor: Name.optional() }
type ConcernQuery = z.infer<z.ZodObject<typeof ConcernQuery>>

type Filtered<R> = {
  matches(record: R): boolean
  /** The records with their reasons, where a stack is asked for. */
  explain(records: readonly R[]): readonly R[]
}

/**
 * The filter of a query.
 * @param about the providers of a record, and every service that it named
 */
export function concernFilter<R extends Incident | Article>(
  query: ConcernQuery,
  current: Current,
  about: (record: R) => { providers: readonly string[]; services: readonly ServiceId[] },
): Filtered<R> {
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
