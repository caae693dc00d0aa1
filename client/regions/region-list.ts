import { groupBy } from '../../shared/domain/order.ts'
import { Slug } from '../../shared/domain/primitives.ts'
import { Status } from '../../shared/domain/status.ts'
import { foldAccents } from '../../shared/domain/text.ts'
import type { RegionRow } from './region-rows.ts'

export const views = ['table', 'cards', 'matrix'] as const
export type ListView = (typeof views)[number]

export const groupings = ['provider', 'geography', 'metro'] as const
export type Grouping = (typeof groupings)[number]

/** Which regions are listed; empty is any. */
export type ListFilter = {
  text: string
  provider: string
  /** `trouble`: any state that is neither operational nor unknown. */
  state: Status | 'trouble' | ''
  geography: string
  mine: boolean
}

/** What an address asks of the list; `group` empty: none. */
export type ListQuery = { filter: ListFilter; group: Grouping | '' }

/** Longest text that is looked for. */
export const MOST_TEXT = 100

/** The query of an address → what is listed. What is none of ours asks for nothing. */
export function readList(query: Pick<URLSearchParams, 'get'>): ListQuery {
  const get = (name: string) => query.get(name) ?? ''
  const state = get('state')
  return {
    filter: {
      text: get('text').slice(0, MOST_TEXT),
      provider: Slug.safeParse(get('provider')).data ?? '',
      state: state === 'trouble' ? state : (Status.safeParse(state).data ?? ''),
      geography: get('geography').slice(0, MOST_TEXT),
      mine: get('only') === 'mine',
    },
    group: groupings.find(group => group === get('group')) ?? '',
  }
}

/** The view that an address or, failing that, the reader's last choice asks for. */
export const viewIn = (query: Pick<URLSearchParams, 'get'>, usual: ListView): ListView =>
  views.find(view => view === query.get('view')) ?? usual

/** Whether a filter takes anything away. */
export const isNarrow = (filter: ListFilter): boolean => Object.values(filter).some(Boolean)

/** Whether a region is one of those that are asked for; each word of the text must stand in what is said of it. */
export function fits(row: RegionRow, filter: ListFilter): boolean {
  const { region } = row
  if (filter.provider !== '' && region.provider !== filter.provider) return false
  if (filter.geography !== '' && region.continent !== filter.geography) return false
  if (filter.mine && !row.mine) return false
  if (!isInState(row, filter.state)) return false
  if (filter.text.trim() === '') return true
  const told = foldAccents([row.name, region.code, region.name, row.city, row.country, ...region.aliases].join(' '))
  return foldAccents(filter.text)
    .split(/\s+/)
    .every(word => told.includes(word))
}

function isInState({ face }: RegionRow, state: ListFilter['state']): boolean {
  if (state === '') return true
  if (state !== 'trouble') return face.status === state
  return face.status !== 'operational' && face.status !== 'unknown' && face.status !== 'announced'
}

export type RowGroup = { key: string; rows: RegionRow[] }

/** Rows by what they have in common, the groups by name and each in the order of the rows; all in one without a name where nothing is asked for. */
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

/** The first `most` rows of all groups. */
export function cut(groups: readonly RowGroup[], most: number): RowGroup[] {
  const result: RowGroup[] = []
  let room = most
  for (const { key, rows } of groups) {
    if (room <= 0) break
    result.push({ key, rows: rows.slice(0, room) })
    room -= rows.length
  }
  return result
}
