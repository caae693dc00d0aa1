import { RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import { formatMine, parseMine, type SharedRegions } from './mine.ts'

export type Scope = 'all' | 'mine'
export type MyRegions = ReturnType<typeof myRegions>

const [MINE, SCOPE] = ['nephoscope.mine', 'nephoscope.scope']

/**
 * Which regions the reader calls their own: those of a link that they opened, else those that they chose on this device,
 * else those of the office. A link's are not kept until they say so. `storage` may be forbidden: null.
 */
export function myRegions(storage: Storage | null) {
  let chosen = $state.raw<ReadonlySet<RegionId> | null>(readIds(storage?.getItem(MINE)))
  let office = $state.raw<ReadonlySet<RegionId>>(new Set())
  let link = $state.raw<SharedRegions | null>(null)
  let scope = $state<Scope | null>(readScope(storage?.getItem(SCOPE)))
  /** While a link's regions are looked at; the reader's usual choice is left alone. */
  let linkScope = $state<Scope | null>(null)

  const brings = $derived(link !== null && link.regions.length > 0 && !hasSame(link.regions, chosen))
  const all = $derived<ReadonlySet<RegionId>>(brings && link ? new Set(link.regions) : (chosen ?? office))
  const written = $derived(brings || chosen !== null ? formatMine(all) : '')
  const shown = $derived.by<Scope>(() => {
    if (all.size === 0) return 'all'
    return brings ? (linkScope ?? 'mine') : (scope ?? (chosen === null ? 'all' : 'mine'))
  })

  const keep = (next: ReadonlySet<RegionId>) => {
    chosen = next
    link = null
    storage?.setItem(MINE, [...next].join(' '))
  }

  return {
    /** In the order in which they were chosen. */
    get all() {
      return all
    },
    /** Tells which regions the office named. */
    set office(regions: readonly RegionId[]) {
      office = new Set(regions)
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
    /** Looks at what an address says; what is shown already, or nothing, changes nothing. */
    open(text: string | null, known: ReadonlyMap<RegionId, Region>) {
      if (text === written) return
      const next = parseMine(text, known)
      if (next === null) return
      const isOwn = hasSame(next.regions, chosen) && next.unknown.length === 0 && next.over === 0
      link = isOwn ? null : next
      linkScope = null
    },
    /** Makes a link's regions the reader's own. */
    keep: () => keep(all),
    /** Puts a link away: the reader's own are shown again. */
    putAway() {
      link = null
    },
    /** Adds a region, or takes it out; of a link's regions too, and then it is kept no more than they are. */
    toggle(region: RegionId) {
      const next = new Set(all)
      if (!next.delete(region)) next.add(region)
      if (brings && link) link = { ...link, regions: [...next] }
      else keep(next)
    },
  }
}

const readScope = (stored: string | null | undefined): Scope | null =>
  stored === 'all' || stored === 'mine' ? stored : null

const readIds = (stored: string | null | undefined): Set<RegionId> | null =>
  typeof stored === 'string' ? new Set(stored.split(' ').filter(id => RegionId.safeParse(id).success)) : null

const hasSame = (regions: readonly RegionId[], chosen: ReadonlySet<RegionId> | null): boolean =>
  chosen !== null && regions.length === chosen.size && regions.every(id => chosen.has(id))
