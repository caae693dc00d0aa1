import { concerns } from '../../shared/domain/concerns.ts'
import { type Incident, isActive, isFaded, statusOfIncident } from '../../shared/domain/incident.ts'
import { descending } from '../../shared/domain/order.ts'
import type { Page } from '../../shared/domain/pages.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import { formatUse, type SimpleUse, type Stack } from '../../shared/domain/stack.ts'
import {
  asItIsNow,
  countsBesideRegions,
  providerOfUse,
  type StackView,
  stackStatuses,
} from '../../shared/domain/stack-status.ts'
import { type Status, severity } from '../../shared/domain/status.ts'
import type { Catalogue } from '../live/catalogue.ts'
import type { FirstWords } from '../words/en/first.ts'
import { namingOf, useName } from './reason-text.ts'
import type { Standpoint } from './standpoint.ts'

/** A part of a stack, how it is, since when as far as that is known, and the page that tells more. */
export type UseState = { key: string; use: SimpleUse; name: string; status: Status; since: Instant | null; page: Page }

/** `allRegions`: those of providers that are not watched have names too. */
type View = StackView & { catalogue: Catalogue; allRegions?: Catalogue['regions'] }
type Context = { words: FirstWords; now: number }

/** What a stack uses beside whole regions. The worst comes first. */
export const useStates = (standpoint: Standpoint, view: View, context: Context): UseState[] =>
  stateOfUses(
    standpoint.uses.filter(({ kind }) => kind !== 'region'),
    standpoint,
    view,
    context,
  )

/** Everything that a stack uses: regions, services, vendors, sources and probes alike. The worst comes first. */
export const allUseStates = (standpoint: Standpoint, view: View, context: Context): UseState[] =>
  stateOfUses(standpoint.uses, standpoint, view, context)

function stateOfUses(
  uses: readonly SimpleUse[],
  standpoint: Standpoint,
  view: View,
  { words, now }: Context,
): UseState[] {
  const naming = namingOf({ ...view.catalogue, regions: view.allRegions ?? view.catalogue.regions }, standpoint)
  const statusOf = stackStatuses(view, standpoint.facts, now)
  const active = [...view.incidents.values()].filter(incident => isActive(incident) && !isFaded(incident, now))
  return uses
    .map(use => {
      const { status } = statusOf(stackOfUse(use), active)
      const since =
        use.kind === 'region'
          ? (view.statuses.get(use.region)?.since ?? null)
          : severity[status] > 0
            ? beginOf(use, status, active, standpoint)
            : null
      return { key: formatUse(use), use, name: useName(use, naming, words), status, since, page: pageOf(use) }
    })
    .sort(descending(({ status }) => urgency(status)))
}

/** The incidents of a use, whatever their stage. */
export const incidentsOfUse = (
  use: SimpleUse,
  { facts }: Pick<Standpoint, 'facts'>,
  incidents: Iterable<Incident>,
): Incident[] =>
  [...incidents].filter(incident =>
    concerns(stackOfUse(use), incident, facts).some(reason => countsBesideRegions(reason, incident)),
  )

const stackOfUse = (use: SimpleUse): Stack => ({ id: 'use', name: '', uses: [use] })

/** When the first of the incidents began that make a use as bad as it is; null where none tells of it. */
function beginOf(
  use: SimpleUse,
  status: Status,
  active: readonly Incident[],
  standpoint: Pick<Standpoint, 'facts'>,
): Instant | null {
  const bad = active.filter(incident => severity[statusOfIncident(incident)] >= severity[status]).map(asItIsNow)
  const [first] = incidentsOfUse(use, standpoint, bad)
    .map(({ scheduledFor, startedAt }) => scheduledFor ?? startedAt)
    .sort()
  return first ?? null
}

/** Unknown ranks above operational. */
const urgency = (status: Status): number => (status === 'unknown' ? 0.5 : severity[status])

function pageOf(use: SimpleUse): Page {
  if (use.kind === 'region') return { name: 'region', region: use.region }
  const provider = providerOfUse(use)
  return provider === null ? { name: 'sources' } : { name: 'provider', provider }
}
