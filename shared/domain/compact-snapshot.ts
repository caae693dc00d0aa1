import { z } from 'zod'
import { type Article, CUSTOMER_STORIES } from './article.ts'
import { Incident } from './incident.ts'
import { RecordId } from './primitives.ts'
import { Snapshot } from './snapshot.ts'

/**
 * Records of one kind field by field, `{ id: ['a', 'b'], name: ['A', 'B'] }`, or as they are where not all have the same fields.
 * By columns, what is alike stands together and compresses better.
 */
const Columns = z.union([z.array(z.unknown()), z.record(z.string(), z.array(z.unknown()))])
type Columns = z.infer<typeof Columns>

function toColumns(records: readonly object[]): Columns {
  const fields = Object.keys(records[0] ?? {})
  const isAlike = (record: object) =>
    Object.keys(record).length === fields.length && fields.every(field => Object.hasOwn(record, field))
  if (fields.length === 0 || !records.every(isAlike)) return [...records]
  return Object.fromEntries(fields.map(field => [field, records.map((record): unknown => Reflect.get(record, field))]))
}

/** What `toColumns` made → the records, unchecked. Where a column is too short, records lack a field and will not pass their schema. */
export function fromColumns(columns: Columns): unknown[] {
  if (Array.isArray(columns)) return columns
  const fields = Object.entries(columns)
  const length = Math.max(0, ...fields.map(([, column]) => column.length))
  return Array.from({ length }, (_, row) => Object.fromEntries(fields.map(([field, column]) => [field, column[row]])))
}

/** Incidents, worst first, whose newest words stay in a picture: those that a dashboard lists. */
const WITH_WORDS = 50
/** Articles, newest first, whose summaries stay: those that a first look at the news shows. */
const WITH_SUMMARY = 20
/** Customer stories, newest first, whose summaries stay, for quotes are taken from them. */
const STORIES_WITH_SUMMARY = 6

/** A snapshot whose records stand in columns; none of them is checked yet. */
export const Picture = Snapshot.extend({
  providers: Columns,
  regions: Columns,
  statuses: Columns,
  incidents: Columns,
  components: Columns,
  articles: Columns,
  sources: Columns,
  probes: Columns,
  notices: Columns,
})
export type Picture = z.infer<typeof Picture>

/**
 * A snapshot as a page takes it: by columns, and without most of its long texts, which are more than half of it and are not
 * seen at first. `textsOf` has them.
 */
export function pictureOf(snapshot: Snapshot): Picture {
  const kept = summariesKept(snapshot.articles)
  const articles = snapshot.articles.map(article => (kept.has(article.id) ? article : { ...article, summary: '' }))
  const incidents = snapshot.incidents.map(({ steps, ...incident }, nth) => ({
    ...incident,
    updates: incident.updates.slice(0, 1).map(update => (nth < WITH_WORDS ? update : { ...update, text: '' })),
  }))
  return {
    ...snapshot,
    providers: toColumns(snapshot.providers),
    regions: toColumns(snapshot.regions),
    statuses: toColumns(snapshot.statuses),
    incidents: toColumns(incidents),
    components: toColumns(snapshot.components),
    articles: toColumns(articles),
    sources: toColumns(snapshot.sources),
    probes: toColumns(snapshot.probes),
    notices: toColumns(snapshot.notices),
  }
}

/** What a picture leaves out. */
export const Texts = z.object({
  incidents: z.array(Incident.pick({ id: true, updates: true, steps: true })),
  /** Of articles: the id and the summary. */
  summaries: z.array(z.tuple([RecordId, z.string()])),
})
export type Texts = z.infer<typeof Texts>

export function textsOf(snapshot: Snapshot): Texts {
  const kept = summariesKept(snapshot.articles)
  return {
    incidents: snapshot.incidents
      .filter(
        ({ updates, steps }, nth) =>
          steps !== undefined ||
          updates.length > 1 ||
          (nth >= WITH_WORDS && updates.some(update => update.text !== '')),
      )
      .map(({ id, updates, steps }) => ({ id, updates, ...(steps && { steps }) })),
    summaries: snapshot.articles
      .filter(({ id, summary }) => summary !== '' && !kept.has(id))
      .map(({ id, summary }) => [id, summary]),
  }
}

function summariesKept(articles: readonly Article[]): Set<string> {
  const stories = articles.filter(({ topics }) => topics.includes(CUSTOMER_STORIES))
  return new Set([...articles.slice(0, WITH_SUMMARY), ...stories.slice(0, STORIES_WITH_SUMMARY)].map(({ id }) => id))
}
