import { groupBy } from '../../shared/domain/order.ts'
import { type RegionId, Slug } from '../../shared/domain/primitives.ts'
import type { GridCarbon, Region, RegionStatus } from '../../shared/domain/region.ts'
import { Status, severity } from '../../shared/domain/status.ts'
import { foldAccents } from '../../shared/domain/text.ts'
import { type Catalogue, placeName, providerName } from '../live/catalogue.ts'
import type { Staleness } from '../live/freshness.ts'
import type { ShownState } from '../ui/glyph-shapes.ts'
import { type ListView, listViews } from '../ui/preferences.svelte.ts'
import type { When } from '../ui/time.ts'
import { shownState, stateWord } from './region-words.ts'
import type { SourcedFacts } from './sourced-facts.ts'

export type RegionRow = {
  region: Region
  status: RegionStatus | undefined
  shown: ShownState
  word: string
  name: string
  provider: string
  /** City and country, in the reader's language. */
  city: string
  country: string
  /** Since when the state lasts; null where that is unknown. */
  since: string | null
  incidents: number
  /** Null until the facts are there. */
  grid: GridCarbon | null
  mine: boolean
}

export type RowInput = {
  catalogue: Catalogue
  statuses: ReadonlyMap<RegionId, RegionStatus>
  mine: ReadonlySet<RegionId>
  staleness: Staleness
  facts?: SourcedFacts
}

export function regionRows(
  { catalogue, statuses, mine, staleness, facts }: RowInput,
  { words }: Pick<When, 'words'>,
): RegionRow[] {
  return [...catalogue.regions.values()].map(region => {
    const status = statuses.get(region.id)
    const shown = shownState(region, status, staleness.isStale)
    const isKnown = shown.status !== 'unknown' && shown.status !== 'announced'
    return {
      region,
      status,
      shown,
      word: stateWord(shown, words, status),
      name: placeName(catalogue, region.id),
      provider: providerName(catalogue, region.provider),
      city: region.city,
      country: words.regions.country(region.country),
      since: isKnown ? (status?.since ?? null) : null,
      incidents: status?.incidents.length ?? 0,
      grid: facts?.get(region.id)?.grid ?? null,
      mine: mine.has(region.id),
    }
  })
}

export const groupings = ['provider', 'geography', 'metro'] as const
export type Grouping = (typeof groupings)[number]

/** Which regions are listed; an empty field does not filter. */
export type ListFilter = {
  text: string
  provider: string
  /** `trouble`: any state that is neither operational nor unknown. */
  state: Status | 'trouble' | ''
  geography: string
  mine: boolean
}

/** What an address asks of the list; an empty `group` does not group. */
export type ListQuery = { filter: ListFilter; group: Grouping | '' }

export const MAX_SEARCH_CHARS = 100

/** The query of an address → filter and grouping. Invalid values are ignored. */
export function parseListQuery(query: Pick<URLSearchParams, 'get'>): ListQuery {
  const get = (name: string) => query.get(name) ?? ''
  const state = get('state')
  return {
    filter: {
      text: get('text').slice(0, MAX_SEARCH_CHARS),
      provider: Slug.safeParse(get('provider')).data ?? '',
      state: state === 'trouble' ? state : (Status.safeParse(state).data ?? ''),
      geography: get('geography').slice(0, MAX_SEARCH_CHARS),
      mine: get('only') === 'mine',
    },
    group: groupings.find(group => group === get('group')) ?? '',
  }
}

/** The view of an address, or `fallback` where the address names none. */
export const parseListView = (query: Pick<URLSearchParams, 'get'>, fallback: ListView): ListView =>
  listViews.find(view => view === query.get('view')) ?? fallback

export const hasFilter = (filter: ListFilter): boolean => Object.values(filter).some(Boolean)

/** Whether a region passes the filter. Every word of the text must occur in one of its names. */
export function passesFilter(row: RegionRow, filter: ListFilter): boolean {
  const { region } = row
  if (filter.provider !== '' && region.provider !== filter.provider) return false
  if (filter.geography !== '' && region.continent !== filter.geography) return false
  if (filter.mine && !row.mine) return false
  if (!isInState(row, filter.state)) return false
  if (filter.text.trim() === '') return true
  const names = foldAccents([row.name, region.code, region.name, row.city, row.country, ...region.aliases].join(' '))
  return foldAccents(filter.text)
    .split(/\s+/)
    .every(word => names.includes(word))
}

function isInState({ shown }: RegionRow, state: ListFilter['state']): boolean {
  if (state === '') return true
  if (state !== 'trouble') return shown.status === state
  return shown.status !== 'operational' && shown.status !== 'unknown' && shown.status !== 'announced'
}

export const columns = [
  'state',
  'region',
  'code',
  'provider',
  'place',
  'zones',
  'since',
  'incidents',
  'carbonFree',
  'gridCarbonFree',
  'gridIntensity',
] as const
export type Column = (typeof columns)[number]
export type Order = { by: Column; descending: boolean }

export const defaultOrder: Order = { by: 'state', descending: true }

/** These columns start descending; texts and times start ascending. */
const descendingColumns: ReadonlySet<Column> = new Set(['state', 'zones', 'incidents', 'carbonFree', 'gridCarbonFree'])

/** The order after a click on a column's head: reversed where the list was sorted by it already. */
export const orderAfterClick = (order: Order, by: Column): Order =>
  order.by === by ? { by, descending: !order.descending } : { by, descending: descendingColumns.has(by) }

/** `-state` is descending. An unknown column gives the default order. */
export function parseOrder(text: string | null): Order {
  const by = columns.find(column => column === text?.replace(/^-/, ''))
  return by === undefined ? defaultOrder : { by, descending: text?.startsWith('-') === true }
}

export const formatOrder = ({ by, descending }: Order): string => (descending ? `-${by}` : by)

/** The rows in an order. Unknown values come last in both directions; the name decides between equals. */
export function sortRows(rows: readonly RegionRow[], { by, descending }: Order): RegionRow[] {
  const value = sortValues[by]
  const sign = descending ? -1 : 1
  return [...rows].sort((a, b) => {
    const [left, right] = [value(a), value(b)]
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byName(a, b)
    return sign * compare(left, right) || byName(a, b)
  })
}

const sortValues: Readonly<Record<Column, (row: RegionRow) => string | number | null>> = {
  state: ({ shown }) => stateRank(shown),
  region: ({ name }) => name,
  code: ({ region }) => region.code,
  provider: ({ provider }) => provider,
  place: ({ city, country }) => `${country} ${city}`,
  zones: ({ region }) => region.zones,
  since: ({ since }) => since,
  incidents: ({ incidents }) => incidents,
  carbonFree: ({ region }) => region.carbonFree,
  gridCarbonFree: ({ grid }) => grid?.carbonFree ?? null,
  gridIntensity: ({ grid }) => grid?.intensity ?? null,
}

/** Unknown ranks between operational and the first state of trouble. */
const stateRank = ({ status }: ShownState): number =>
  status === 'announced' ? -1 : status === 'unknown' ? 0.5 : severity[status]

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))

const byName = (a: RegionRow, b: RegionRow): number =>
  a.name.localeCompare(b.name) || a.region.id.localeCompare(b.region.id)

export type RowGroup = { key: string; rows: RegionRow[] }

/** Groups by name, their rows in the given order. Without grouping there is one group with an empty key. */
export function groupRows(
  rows: readonly RegionRow[],
  group: Grouping | '',
  geography: (name: string) => string,
): RowGroup[] {
  if (group === '') return rows.length === 0 ? [] : [{ key: '', rows: [...rows] }]
  const keyOf: Readonly<Record<Grouping, (row: RegionRow) => string>> = {
    provider: row => row.provider,
    geography: row => geography(row.region.continent),
    metro: row => `${row.city}, ${row.country}`,
  }
  return [...groupBy(rows, keyOf[group])]
    .map(([key, its]) => ({ key, rows: its }))
    .sort((a, b) => a.key.localeCompare(b.key))
}

/** The first `count` rows of all groups together. */
export function firstRows(groups: readonly RowGroup[], count: number): RowGroup[] {
  const result: RowGroup[] = []
  let left = count
  for (const { key, rows } of groups) {
    if (left <= 0) break
    result.push({ key, rows: rows.slice(0, left) })
    left -= rows.length
  }
  return result
}
