import { RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import { formatRegions, namesRegions, parseRegions, type RegionsFromLink } from './region-addresses.ts'
import { type ListView, listViews } from './region-list.ts'

export type Scope = 'all' | 'mine'
export type OwnRegions = ReturnType<typeof ownRegions>

const [REGIONS_KEY, SCOPE_KEY, VIEW_KEY] = ['nephoscope.mine', 'nephoscope.scope', 'nephoscope.view']

export type OwnRegionsDeps = {
  /** Null where storage is forbidden. */
  storage: Storage | null
  fromSettings: () => readonly RegionId[]
  known: () => ReadonlyMap<RegionId, Region>
}

/**
 * The reader's own regions: those of a link that they opened, else those that they chose on this device, else those of
 * the settings. A link's regions are stored only once the reader keeps them.
 */
export function ownRegions({ storage, fromSettings, known }: OwnRegionsDeps) {
  let chosen = $state.raw<ReadonlySet<RegionId> | null>(readIds(storage?.getItem(REGIONS_KEY)))
  let scope = $state<Scope | null>(readScope(storage?.getItem(SCOPE_KEY)))
  let listView = $state<ListView | null>(listViews.find(view => view === storage?.getItem(VIEW_KEY)) ?? null)
  let linkText = $state<string | null>(null)
  /** The link's regions after the reader added or removed some; null before. */
  let linkEdits = $state.raw<readonly RegionId[] | null>(null)
  /** The scope while a link's regions are shown. It is not stored. */
  let linkScope = $state<Scope | null>(null)

  const link = $derived.by<RegionsFromLink | null>(() => {
    const opened = parseRegions(linkText, known())
    if (opened === null || bringsNothing(opened, chosen)) return null
    return linkEdits === null ? opened : { ...opened, regions: linkEdits }
  })
  const isFromLink = $derived(link !== null && link.regions.length > 0 && !hasSame(link.regions, chosen))
  const all = $derived<ReadonlySet<RegionId>>(new Set(isFromLink && link ? link.regions : (chosen ?? fromSettings())))
  const addressText = $derived(isFromLink || chosen !== null ? formatRegions(all) : '')
  const shownScope = $derived.by<Scope>(() => {
    if (all.size === 0) return 'all'
    return isFromLink ? (linkScope ?? 'mine') : (scope ?? (chosen === null ? 'all' : 'mine'))
  })

  const closeLink = () => {
    linkText = null
    linkEdits = null
  }
  const choose = (next: ReadonlySet<RegionId>) => {
    chosen = next
    closeLink()
    storage?.setItem(REGIONS_KEY, [...next].join(' '))
  }

  return {
    /** In the order in which they were chosen. */
    get all() {
      return all
    },
    get link() {
      return link
    },
    /** Whether `all` comes from the link and differs from the reader's choice. */
    get isFromLink() {
      return isFromLink
    },
    /** The regions as an address names them; empty while the reader chose none. */
    get addressText() {
      return addressText
    },
    get scope() {
      return shownScope
    },
    set scope(next) {
      if (isFromLink) linkScope = next
      else {
        scope = next
        storage?.setItem(SCOPE_KEY, next)
      }
    },
    /** The reader's view of lists of regions; null before they choose one. */
    get listView() {
      return listView
    },
    set listView(next) {
      listView = next
      if (next !== null) storage?.setItem(VIEW_KEY, next)
    },
    /** Opens the link of an address. Text that names no region, or the regions shown already, changes nothing. */
    openLink(text: string | null) {
      if (text === addressText || !namesRegions(text)) return
      linkText = text
      linkEdits = null
      linkScope = null
    },
    keepLink: () => choose(all),
    closeLink,
    /** Adds or removes a region. While a link's regions are shown it changes those, which are not stored. */
    toggle(region: RegionId) {
      const next = new Set(all)
      if (!next.delete(region)) next.add(region)
      if (isFromLink) linkEdits = [...next]
      else choose(next)
    },
  }
}

const readScope = (stored: string | null | undefined): Scope | null =>
  stored === 'all' || stored === 'mine' ? stored : null

const readIds = (stored: string | null | undefined): Set<RegionId> | null =>
  typeof stored === 'string' ? new Set(stored.split(' ').filter(id => RegionId.safeParse(id).success)) : null

/** A link to exactly the reader's own regions. */
const bringsNothing = ({ regions, unknown, over }: RegionsFromLink, chosen: ReadonlySet<RegionId> | null): boolean =>
  hasSame(regions, chosen) && unknown.length === 0 && over === 0

const hasSame = (regions: readonly RegionId[], chosen: ReadonlySet<RegionId> | null): boolean =>
  chosen !== null && regions.length === chosen.size && regions.every(id => chosen.has(id))
