import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Region, RegionStatus } from '../../shared/domain/region.ts'
import { severity } from '../../shared/domain/status.ts'
import { type Catalogue, placeName, providerName } from '../live/catalogue.ts'
import type { Face } from '../ui/glyph-shapes.ts'
import type { When } from '../ui/time.ts'
import { faceOf, type Staleness } from './region-words.ts'

/** A region as a line of the table or a card says it. */
export type RegionRow = {
  region: Region
  status: RegionStatus | undefined
  face: Face
  /** The state in a word or two. */
  word: string
  name: string
  provider: string
  /** City and country, in the reader's language. */
  city: string
  country: string
  /** Since when the state lasts; null where nobody knows. */
  since: string | null
  incidents: number
  mine: boolean
}

export type RowInput = {
  catalogue: Catalogue
  statuses: ReadonlyMap<RegionId, RegionStatus>
  mine: ReadonlySet<RegionId>
  stale: Staleness
}

/** Every region of the catalogue as a row. */
export function regionRows(
  { catalogue, statuses, mine, stale }: RowInput,
  { words }: Pick<When, 'words'>,
): RegionRow[] {
  return [...catalogue.regions.values()].map(region => {
    const status = statuses.get(region.id)
    const face = faceOf(region, status, stale.picture)
    const isKnown = face.status !== 'unknown' && face.status !== 'announced'
    return {
      region,
      status,
      face,
      word: face.status === 'announced' ? words.regions.announced : words.states.label[face.status],
      name: placeName(catalogue, region.id),
      provider: providerName(catalogue, region.provider),
      city: region.city,
      country: words.regions.country(region.country),
      since: isKnown ? (status?.since ?? null) : null,
      incidents: status?.incidents.length ?? 0,
      mine: mine.has(region.id),
    }
  })
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
] as const
export type Column = (typeof columns)[number]
export type Order = { by: Column; descending: boolean }

/** Trouble first. */
export const usualOrder: Order = { by: 'state', descending: true }

/** Those columns begin with the most when they are chosen; words and since when begin at the beginning. */
const largestFirst: ReadonlySet<Column> = new Set(['state', 'zones', 'incidents', 'carbonFree'])

/** The order after a column's head was pressed: the other way round when it was by that column already. */
export const orderAfter = (order: Order, by: Column): Order =>
  order.by === by ? { by, descending: !order.descending } : { by, descending: largestFirst.has(by) }

/** `-state`: descending; what names no column is the usual order. */
export function readOrder(text: string | null): Order {
  const by = columns.find(column => column === text?.replace(/^-/, ''))
  return by === undefined ? usualOrder : { by, descending: text?.startsWith('-') === true }
}

export const writeOrder = ({ by, descending }: Order): string => (descending ? `-${by}` : by)

/** The rows in an order; what is not known comes last in both directions, and of equals the name decides. */
export function sortRows(rows: readonly RegionRow[], { by, descending }: Order): RegionRow[] {
  const value = values[by]
  const sign = descending ? -1 : 1
  return [...rows].sort((a, b) => {
    const [left, right] = [value(a), value(b)]
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byName(a, b)
    return sign * compare(left, right) || byName(a, b)
  })
}

const values: Readonly<Record<Column, (row: RegionRow) => string | number | null>> = {
  state: ({ face }) => stateRank(face),
  region: ({ name }) => name,
  code: ({ region }) => region.code,
  provider: ({ provider }) => provider,
  place: ({ city, country }) => `${country} ${city}`,
  zones: ({ region }) => region.zones,
  since: ({ since }) => since,
  incidents: ({ incidents }) => incidents,
  carbonFree: ({ region }) => region.carbonFree,
}

/** Not to know is worse than to know that all is well, and no trouble yet. */
const stateRank = ({ status }: Face): number =>
  status === 'announced' ? -1 : status === 'unknown' ? 0.5 : severity[status]

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))

const byName = (a: RegionRow, b: RegionRow): number =>
  a.name.localeCompare(b.name) || a.region.id.localeCompare(b.region.id)
