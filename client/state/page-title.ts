import type { Incident } from '../../shared/domain/incident.ts'
import type { Page } from '../../shared/domain/pages.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import type { Words } from '../words/words.ts'
import { type Catalogue, placeName, providerName } from './catalogue.ts'

/** What a page is called beside the product's name; null for the dashboard, whose title is the state. */
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
