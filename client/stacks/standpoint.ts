import type { Article } from '../../shared/domain/article.ts'
import { concerns, concernsArticle } from '../../shared/domain/concerns.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Reason, StackFacts } from '../../shared/domain/reason.ts'
import { type SimpleUse, type Stack, usesOf } from '../../shared/domain/stack.ts'
import { type StackStatus, type StackView, stackStatus } from '../../shared/domain/stack-status.ts'
import { emptyStackCatalogue, type StackCatalogue } from '../live/stack-facts.ts'

/** `concerns`: certainly or likely. `may`: nothing that is known speaks against it. */
export type Concern = 'concerns' | 'may' | null
export type ConcernOf = (incident: Incident) => Concern
export type ReasonsOf = (incident: Incident) => readonly Reason[]

/** Whose stack a page speaks of, and what concerns it. */
export type Standpoint = {
  /** Null where there is none, or it uses nothing. */
  stack: Stack | null
  /** Null where it is the reader's own, whom a page calls 'you'. */
  name: string | null
  facts: Pick<StackFacts, 'stacks'> & StackCatalogue
  /** What it uses, and what the stacks that it stands on do, each once. */
  uses: readonly SimpleUse[]
  /** Every region that it uses something in. */
  regions: ReadonlySet<RegionId>
  /** The regions that it uses without saying with what: their own status is its status. */
  wholeRegions: ReadonlySet<RegionId>
  /** The strongest first. */
  reasonsOf: ReasonsOf
  concern: ConcernOf
  /** Whether an article may concern it. */
  isAbout(article: Article): boolean
  /** Null without a stack. @param now ms */
  statusOf(view: StackView, now: number): StackStatus | null
}

/** The standpoint of a stack. Reasons are remembered for as long as their incident is. */
export function standpointOf(given: Stack | null, facts: Standpoint['facts'], name: string | null = null): Standpoint {
  const placed = given === null ? [] : usesOf(given, facts.stacks)
  const stack = placed.length === 0 ? null : given
  const uses = [...new Map(placed.map(({ use }) => [JSON.stringify(use), use])).values()]
  const known = new WeakMap<Incident, readonly Reason[]>()
  const reasonsOf = (incident: Incident): readonly Reason[] => {
    if (stack === null) return []
    const reasons = known.get(incident) ?? concerns(stack, incident, facts)
    known.set(incident, reasons)
    return reasons
  }
  return {
    stack,
    name,
    facts,
    uses,
    regions: new Set(uses.flatMap(regionsOf)),
    wholeRegions: new Set(uses.flatMap(use => (use.kind === 'region' ? [use.region] : []))),
    reasonsOf,
    concern: incident => strengthOf(reasonsOf(incident)),
    isAbout: article => stack !== null && concernsArticle(stack, article, facts).length > 0,
    statusOf: (view, now) => (stack === null ? null : stackStatus(stack, view, facts, now)),
  }
}

const strengthOf = ([first]: readonly Reason[]): Concern =>
  first === undefined ? null : first.strength === 'possible' ? 'may' : 'concerns'

const regionsOf = (use: SimpleUse): readonly RegionId[] =>
  use.kind === 'region' ? [use.region] : use.kind === 'service' ? use.regions : []

/** Why a thing concerns a stack where it does so certainly or likely. */
export const strongReasons = (reasons: readonly Reason[]): Reason[] =>
  reasons.filter(({ strength }) => strength !== 'possible')

/** Who has no stack. */
export const nobody: Standpoint = standpointOf(null, { ...emptyStackCatalogue, stacks: new Map() })
