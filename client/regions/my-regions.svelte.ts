import { RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import { formatMine, namesRegions, parseMine, type SharedRegions } from './mine.ts'

export type Scope = 'all' | 'mine'
export type MyRegions = ReturnType<typeof myRegions>

const [MINE, SCOPE] = ['nephoscope.mine', 'nephoscope.scope']

export type MyRegionsDeps = {
  /** Null where storage is forbidden. */
  storage: Storage | null
  /** The regions that the office settings name. */
  office: () => readonly RegionId[]
  /** The regions that exist here. */
  known: () => ReadonlyMap<RegionId, Region>
}

/**
 * The reader's own regions: those of a link that they opened, else those that they chose on this device, else those of
 * the office settings. A link's regions are stored only once the reader keeps them.
 */
export function myRegions({ storage, office, known }: MyRegionsDeps) {
  let chosen = $state.raw<ReadonlySet<RegionId> | null>(readIds(storage?.getItem(MINE)))
  let scope = $state<Scope | null>(readScope(storage?.getItem(SCOPE)))
  /** The text of the opened link; null while none is open. */
  let linkText = $state<string | null>(null)
  /** The link's regions after the reader added or removed some; null before. */
  let linkEdits = $state.raw<readonly RegionId[] | null>(null)
  /** The scope while a link's regions are shown; the reader's usual one is left alone. */
  let linkScope = $state<Scope | null>(null)

  const link = $derived.by<SharedRegions | null>(() => {
    const opened = parseMine(linkText, known())
    if (opened === null || isOwn(opened, chosen)) return null
    return linkEdits === null ? opened : { ...opened, regions: linkEdits }
  })
  const brings = $derived(link !== null && link.regions.length > 0 && !hasSame(link.regions, chosen))
  const all = $derived<ReadonlySet<RegionId>>(new Set(brings && link ? link.regions : (chosen ?? office())))
  const written = $derived(brings || chosen !== null ? formatMine(all) : '')
  const shown = $derived.by<Scope>(() => {
    if (all.size === 0) return 'all'
    return brings ? (linkScope ?? 'mine') : (scope ?? (chosen === null ? 'all' : 'mine'))
  })

  const closeLink = () => {
    linkText = null
    linkEdits = null
  }
  const keep = (next: ReadonlySet<RegionId>) => {
    chosen = next
    closeLink()
    storage?.setItem(MINE, [...next].join(' '))
  }

  return {
    /** In the order in which they were chosen. */
    get all() {
      return all
    },
    /** What an opened link says; null where none was opened, or it was answered. */
    get link() {
      return link
    },
    /** Whether the regions shown are a link's, and other than the reader's own. */
    get isLent() {
      return brings
    },
    /** What an address says of them; empty while the reader chose none. */
    get written() {
      return written
    },
    get scope() {
      return shown
    },
    set scope(next) {
      if (brings) linkScope = next
      else {
        scope = next
        storage?.setItem(SCOPE, next)
      }
    },
    /** Opens the link of an address. Text that names no region, or what is shown already, changes nothing. */
    open(text: string | null) {
      if (text === written || !namesRegions(text)) return
      linkText = text
      linkEdits = null
      linkScope = null
    },
    /** Makes a link's regions the reader's own. */
    keep: () => keep(all),
    /** Closes a link: the reader's own regions are shown again. */
    putAway: closeLink,
    /** Adds or removes a region. While a link's regions are shown it changes those, which are not stored. */
    toggle(region: RegionId) {
      const next = new Set(all)
      if (!next.delete(region)) next.add(region)
      if (brings) linkEdits = [...next]
      else keep(next)
    },
  }
}

const readScope = (stored: string | null | undefined): Scope | null =>
  stored === 'all' || stored === 'mine' ? stored : null

const readIds = (stored: string | null | undefined): Set<RegionId> | null =>
  typeof stored === 'string' ? new Set(stored.split(' ').filter(id => RegionId.safeParse(id).success)) : null

/** A link to exactly the reader's own regions brings nothing. */
const isOwn = ({ regions, unknown, over }: SharedRegions, chosen: ReadonlySet<RegionId> | null): boolean =>
  hasSame(regions, chosen) && unknown.length === 0 && over === 0

const hasSame = (regions: readonly RegionId[], chosen: ReadonlySet<RegionId> | null): boolean =>
  chosen !== null && regions.length === chosen.size && regions.every(id => chosen.has(id))
