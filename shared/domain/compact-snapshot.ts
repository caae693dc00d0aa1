import { z } from 'zod'
import { textsOfArticles } from './article.ts'
import { byCollection, type CollectionName, collections } from './collections.ts'
import { Incident, mergeIncident, textsOfIncidents } from './incident.ts'
import { RecordId } from './primitives.ts'
import { type CollectionLists, Snapshot } from './snapshot.ts'
import type { View } from './view.ts'

/**
 * Records by field, `{ id: ['a', 'b'] }`, which compresses better. A field that some records lack has its values by
 * their place: `{ zones: { 1: ['a'] } }`.
 */
const Columns = z.record(z.string(), z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]))
type Columns = z.infer<typeof Columns>

/** A snapshot whose records are in columns; none of them is checked yet. */
export const CompactSnapshot = Snapshot.extend({ providers: Columns, regions: Columns, ...byCollection(() => Columns) })
export type CompactSnapshot = z.infer<typeof CompactSnapshot>

/**
 * A snapshot as a page loads it: by columns, and without most of the long texts, which are more than half of it and
 * not visible at first. `longTextsOf` has them.
 */
export const compactSnapshot = (snapshot: Snapshot): CompactSnapshot => ({
  ...snapshot,
  providers: toColumns(snapshot.providers),
  regions: toColumns(snapshot.regions),
  ...byCollection(name => toColumns(compactOf(snapshot, name))),
})

/** Columns → records, unchecked. Where a column is too short, records lack a field and fail their schema. */
export function fromColumns(columns: Columns): unknown[] {
  const fields = Object.entries(columns)
  const length = Math.max(0, ...fields.map(([, column]) => (Array.isArray(column) ? column.length : 0)))
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(
      fields.flatMap(([field, column]) =>
        Array.isArray(column) || Object.hasOwn(column, row) ? [[field, Reflect.get(column, row)]] : [],
      ),
    ),
  )
}

export const LongTexts = z.object({
  incidents: z.array(Incident.pick({ id: true, entries: true })),
  /** Of articles: id and summary. */
  summaries: z.array(z.tuple([RecordId, z.string()])),
})
export type LongTexts = z.infer<typeof LongTexts>

export const longTextsOf = ({ incidents, articles }: Snapshot): LongTexts => ({
  incidents: textsOfIncidents(incidents),
  summaries: textsOfArticles(articles),
})

/** Adds the long texts to a view that was made of a compact snapshot. Articles in `newer` arrived whole since then. */
export function addLongTexts(view: View, { incidents, summaries }: LongTexts, newer: ReadonlySet<RecordId>): void {
  for (const { id, entries } of incidents) {
    const incident = view.incidents.get(id)
    if (incident) mergeIncident(view.incidents, { ...incident, entries })
  }
  for (const [id, summary] of summaries) {
    const article = view.articles.get(id)
    if (article && !newer.has(id)) view.articles.set(id, { ...article, summary })
  }
}

const compactOf = <Name extends CollectionName>(lists: CollectionLists, name: Name): readonly object[] =>
  collections[name].compact(lists[name])

function toColumns(records: readonly object[]): Columns {
  const fields = new Set(records.flatMap(record => Object.keys(record)))
  return Object.fromEntries([...fields].map(field => [field, columnOf(records, field)]))
}

function columnOf(records: readonly object[], field: string): Columns[string] {
  const values = records.map((record): unknown => Reflect.get(record, field))
  if (!values.includes(undefined)) return values
  return Object.fromEntries([...values.entries()].filter(([, value]) => value !== undefined))
}
