import type { Incident } from '../../shared/domain/incident.ts'
import type { Page } from '../../shared/domain/pages.ts'
import type { RecordId, RegionId } from '../../shared/domain/primitives.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import { type Status, severity, worst } from '../../shared/domain/status.ts'
import type { Headline } from '../incidents/headline.ts'
import { type Catalogue, placeName, providerName } from '../live/catalogue.ts'
import { basePath } from '../ui/paths.ts'
import type { Words } from '../words/en/page.ts'
import { sentenceCase } from '../words/formats.ts'

/** The title of a page beside the product's name; null for the dashboard, whose title is the headline. */
export function pageTitle(
  page: Page | null,
  catalogue: Catalogue,
  incidents: ReadonlyMap<RecordId, Incident>,
  { titles }: Words['frame'],
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

export type TabInput = {
  title: string | null
  headline: Headline
  mine: ReadonlySet<RegionId>
  statuses: ReadonlyMap<RegionId, RegionStatus>
  isStale: boolean
}

/**
 * Title and icon of the browser's tab, for readers who look at another one: the icon is the worst state of their own
 * regions, and trouble comes first in the title. Without own regions both are about all regions.
 */
export function tabOf({ title, headline, mine, statuses, isStale }: TabInput, { states }: Words) {
  const own = [...mine].flatMap(id => statuses.get(id)?.status ?? [])
  const known: Status = own.length === 0 ? headline.status : worst(own)
  const status: Status = isStale ? 'unknown' : known
  const trouble = severity[status] > 0 ? sentenceCase(states.label[status]) : null
  const sentence = headline.status === 'operational' ? null : headline.text
  const parts = title === null ? [sentence] : [trouble, title]
  return {
    title: [...parts, 'Nephoscope'].filter(part => part !== null).join(' · '),
    icon: `${basePath}/favicon/${status}.svg`,
  }
}
