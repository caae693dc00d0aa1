import type { Page } from '../../shared/domain/pages.ts'
import { RegionId } from '../../shared/domain/primitives.ts'
import { pathOf } from '../ui/paths.ts'

/** The region whose panel an address opens on the dashboard; null where it opens none. */
export const parsePanel = (query: Pick<URLSearchParams, 'get'>): RegionId | null =>
  RegionId.safeParse(query.get('region')).data ?? null

export const pathOfPanel = (region: RegionId): string => `${pathOf({ name: 'dashboard' })}?region=${region}`

/** Where a link leads from the page `here`: on the dashboard, a region opens in its panel. */
export const pathFrom = (here: Page | null, to: Page): string =>
  here?.name === 'dashboard' && to.name === 'region' ? pathOfPanel(to.region) : pathOf(to)
