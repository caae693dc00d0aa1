import type { Page } from '../../shared/domain/pages.ts'
import { RegionId } from '../../shared/domain/primitives.ts'
import { pathOf } from '../ui/paths.ts'

/** The region whose panel an address opens on the dashboard; null where it opens none. */
export const panelIn = (query: Pick<URLSearchParams, 'get'>): RegionId | null =>
  RegionId.safeParse(query.get('region')).data ?? null

/** The dashboard with a region's panel open. */
export const pathOfPanel = (region: RegionId): string => `${pathOf({ name: 'dashboard' })}?region=${region}`

/** Where a link to a page leads from the page where the reader is: on the dashboard a region opens there. */
export const pathFrom = (here: Page | null, to: Page): string =>
  here?.name === 'dashboard' && to.name === 'region' ? pathOfPanel(to.region) : pathOf(to)
