import { type Incident, isActive, isEnded, statusOfIncident } from '../../shared/domain/incident.ts'
import type { Page } from '../../shared/domain/pages.ts'
import type { RecordId, RegionId } from '../../shared/domain/primitives.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import type { StackStatus } from '../../shared/domain/stack-status.ts'
import { type Status, severity } from '../../shared/domain/status.ts'
import type { Headline } from '../incidents/headline.ts'
import { type Catalogue, placeName, providerName } from '../live/catalogue.ts'
import { basePath } from '../ui/paths.ts'
import type { FirstWords } from '../words/en/first.ts'
import { sentenceCase } from '../words/formats.ts'

/** The title of a page beside the product's name; null for the dashboard, whose title is the headline. */
export function pageTitle(
  page: Page | null,
  catalogue: Catalogue,
  incidents: ReadonlyMap<RecordId, Incident>,
  { titles }: FirstWords['frame'],
): string | null {
  if (page === null) return titles.missing
  switch (page.name) {
    case 'dashboard':
      return null
    case 'region':
      return placeName(catalogue, page.region)
    case 'provider':
      return providerName(catalogue, page.provider)
    case 'incident':
      return incidents.get(page.incident)?.title ?? titles.incident
    default:
      return titles[page.name]
  }
}

/** The state of what a page is about. `word` comes before the page's name; null where there is nothing to say. */
export type Subject = { status: Status; word: string | null }

export type SubjectInput = {
  page: Page | null
  catalogue: Catalogue
  statuses: ReadonlyMap<RegionId, RegionStatus>
  incidents: ReadonlyMap<RecordId, Incident>
  /** The state of the stack that the page speaks of; null without one. And the headline of the dashboard. */
  state: StackStatus | null
  headline: Headline
  /** The state of a provider, as its page tells it. */
  providerStatus: (provider: string) => Status
}

/** A region, a provider, an incident, or on the dashboard the reader's stack; null for pages about no one thing. */
export function subjectOf(input: SubjectInput, { states }: FirstWords): Subject | null {
  const { page, statuses, state, headline } = input
  const inTrouble = (status: Status): Subject => ({
    status,
    word: severity[status] > 0 ? sentenceCase(states.label[status]) : null,
  })
  switch (page?.name) {
    case 'dashboard': {
      const status = state === null ? headline.status : state.status
      return { status, word: headline.status === 'operational' ? null : headline.text }
    }
    case 'region':
      return input.catalogue.regions.has(page.region) ? inTrouble(statuses.get(page.region)?.status ?? 'unknown') : null
    case 'provider':
      return input.catalogue.providers.has(page.provider) ? inTrouble(input.providerStatus(page.provider)) : null
    case 'incident': {
      const incident = input.incidents.get(page.incident)
      if (incident === undefined) return null
      const stage = sentenceCase(states.stage[incident.status])
      if (isActive(incident)) return inTrouble(statusOfIncident(incident))
      return { status: isEnded(incident) ? 'operational' : 'under_maintenance', word: stage }
    }
    default:
      return null
  }
}

export type TabInput = {
  /** Null on the dashboard. */
  title: string | null
  subject: Subject | null
  /** What the line is in words, where the data is stale; null while it is fresh. */
  stale: string | null
}

/**
 * Title and icon of the browser's tab, for readers who look at another one: both speak of the page's own subject.
 * Trouble comes first in the title. A stale page is dated, and its icon is unknown.
 */
export function tabOf({ title, subject, stale }: TabInput) {
  const isDashboard = title === null
  // the dashboard's headline is dated already
  const word = stale === null || isDashboard ? (subject?.word ?? null) : sentenceCase(stale)
  const icon = stale !== null ? 'favicon/unknown' : subject === null ? 'favicon' : `favicon/${subject.status}`
  return {
    title: [word, title, 'Nephoscope'].filter(part => part !== null).join(' · '),
    icon: `${basePath}/${icon}.svg`,
  }
}
