import { z } from 'zod'
import { Article } from '../../shared/domain/article.ts'
import { byCollection, collections, mapCollections } from '../../shared/domain/collections.ts'
import { CompactSnapshot, fromColumns, LongTexts } from '../../shared/domain/compact-snapshot.ts'
import { type Event, EventDraft, EventId } from '../../shared/domain/events.ts'
import { fail, Instant, ok, type Result } from '../../shared/domain/primitives.ts'
import { Provider, Region } from '../../shared/domain/region.ts'
import { Snapshot } from '../../shared/domain/snapshot.ts'
import type { Pulse } from '../../shared/domain/socket-protocol.ts'
import { Source } from '../../shared/domain/source.ts'

/** A snapshot as far as it could be read, and one line for each record that was left out. */
export type ReadSnapshot = { snapshot: Snapshot; dropped: string[] }

/**
 * JSON from the server → a snapshot. Invalid records are left out one by one, as a newer server may know more kinds than
 * this page. It fails only when the object around them is invalid.
 */
export function readSnapshot(json: unknown): Result<ReadSnapshot> {
  const whole = Snapshot.safeParse(json)
  if (whole.success) return ok({ snapshot: whole.data, dropped: [] })
  const frame = Unchecked.safeParse(json)
  if (!frame.success) return fail(`the snapshot does not pass: ${firstIssue(frame.error)}`)
  const dropped: string[] = []
  const lists = frame.data
  const snapshot: Snapshot = {
    ...lists,
    providers: keepValid('provider', Provider, lists.providers, dropped),
    regions: keepValid('region', Region, lists.regions, dropped),
    ...mapCollections<'list'>(name =>
      keepValid(collections[name].label, collections[name].record, lists[name], dropped),
    ),
  }
  return ok({ snapshot, dropped })
}

/** The answer of `GET /api/compact-snapshot` → a snapshot without its long texts. */
export function readCompactSnapshot(json: unknown): Result<ReadSnapshot> {
  const compact = CompactSnapshot.safeParse(json)
  if (!compact.success) return fail(`the compact snapshot does not pass: ${firstIssue(compact.error)}`)
  const columns = compact.data
  return readSnapshot({
    ...columns,
    providers: fromColumns(columns.providers),
    regions: fromColumns(columns.regions),
    ...byCollection(name => fromColumns(columns[name])),
  })
}

export function readLongTexts(json: unknown): Result<LongTexts> {
  const texts = LongTexts.safeParse(json)
  return texts.success ? ok(texts.data) : fail(`the texts do not pass: ${firstIssue(texts.error)}`)
}

/** The answer of `GET /api/sources`. */
export type SourceList = { sources: Source[]; canPollNow: boolean }

/** JSON from the server → its sources; invalid ones are left out. */
export function readSourceList(json: unknown): Result<SourceList> {
  const list = SourceListFrame.safeParse(json)
  if (!list.success) return fail(`the list of sources does not pass: ${firstIssue(list.error)}`)
  return ok({ canPollNow: list.data.canPollNow, sources: keepValid('source', Source, list.data.sources, []) })
}

/** A page of `GET /api/articles`; `next` is the cursor of the page after it, null on the last. */
export type ArticlePage = { articles: Article[]; next: string | null }

/** JSON from the server → its articles; invalid ones are left out. */
export function readArticlePage(json: unknown): Result<ArticlePage> {
  const page = ArticlePageFrame.safeParse(json)
  if (!page.success) return fail(`the page of articles does not pass: ${firstIssue(page.error)}`)
  return ok({ next: page.data.next, articles: keepValid('article', Article, page.data.articles, []) })
}

export function readEvent(message: unknown): Result<Event> {
  const draft = EventDraft.safeParse(message)
  if (!draft.success) return fail(`an event does not pass: ${firstIssue(draft.error)}`)
  const id = WithId.safeParse(message)
  if (!id.success) return fail(`an event does not pass: ${firstIssue(id.error)}`)
  return ok({ ...draft.data, id: id.data.id })
}

/** A socket message → the server's heartbeat. */
export function readPulse(message: unknown): Result<Pulse> {
  const pulse = PulseSchema.safeParse(message)
  return pulse.success ? ok(pulse.data) : fail(`a pulse does not pass: ${firstIssue(pulse.error)}`)
}

const anything = z.array(z.unknown())
const Unchecked = Snapshot.extend({ providers: anything, regions: anything, ...byCollection(() => anything) })
const SourceListFrame = z.object({ sources: anything, canPollNow: z.boolean() })
const ArticlePageFrame = z.object({ articles: anything, next: z.string().nullable() })
const WithId = z.object({ id: EventId })
/** Capped, so that no server keeps a page away for long; a server of an older build omits it. */
const ComeBackWithinMs = z.number().min(0).max(60_000).default(1_000)
const PulseSchema = z.object({
  at: Instant,
  head: EventId,
  workersAt: Instant.nullable(),
  comeBackWithinMs: ComeBackWithinMs,
})

function keepValid<T>(what: string, schema: z.ZodType<T>, records: unknown[], dropped: string[]): T[] {
  const kept: T[] = []
  for (const record of records) {
    const read = schema.safeParse(record)
    if (read.success) kept.push(read.data)
    else dropped.push(`a ${what} does not pass: ${firstIssue(read.error)}`)
  }
  return kept
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  return issue ? `${issue.path.join('.') || 'the whole'}: ${issue.message}` : 'no reason given'
}
