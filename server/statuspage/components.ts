import type { Status } from '../../shared/domain/status.ts'
import { openRegionsOf, regionStanding, type StandingDeps } from '../standing.ts'
import { pageId } from './page-id.ts'

/** @see https://developer.statuspage.io/#tag/components */
export type PageComponent = {
  id: string
  name: string
  status: Exclude<Status, 'unknown'>
  description: string | null
  created_at: string
  updated_at: string
  position: number
  showcase: boolean
  start_date: null
  group_id: null
  group: boolean
  only_show_if_degraded: boolean
  page_id: string
}

/**
 * A provider's regions and its own components, as components. Statuspage has no word for 'unknown': a region whose state is not
 * known any more has the last that was known, and its description says until when; one of which nothing was ever known is
 * left out, for it cannot be told without a claim.
 */
export function pageComponents(
  provider: string,
  deps: StandingDeps,
): { byRegion: Map<string, PageComponent>; all: PageComponent[] } {
  const byRegion = new Map<string, PageComponent>()
  const common = {
    showcase: true,
    start_date: null,
    group_id: null,
    group: false,
    only_show_if_degraded: false,
    page_id: provider,
  }
  const place = () => ({ position: all.length + 1, ...common })
  const all: PageComponent[] = []
  for (const region of openRegionsOf(provider, deps.catalogue)) {
    const { status, since, lastKnown } = regionStanding(region, deps)
    const shown = status === 'unknown' ? lastKnown?.status : status
    if (shown === undefined || shown === 'unknown') continue
    const description =
      lastKnown && status === 'unknown' ? `Last known state: not up to date since ${lastKnown.at}.` : null
    const at = since ?? lastKnown?.at ?? new Date(0).toISOString()
    const component = {
      id: region.code,
      name: region.name,
      status: shown,
      description,
      created_at: at,
      updated_at: at,
      ...place(),
    }
    byRegion.set(region.id, component)
    all.push(component)
  }
  const at = new Date(0).toISOString()
  for (const { id, name, status, provider: its } of deps.view.components.values()) {
    if (its !== provider || status === 'unknown') continue
    all.push({ id: pageId(id), name, status, description: null, created_at: at, updated_at: at, ...place() })
  }
  return { byRegion, all }
}
