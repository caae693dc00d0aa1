import { z } from 'zod'
import { Article } from '../../shared/domain/article.ts'
import { fromColumns, Picture, Texts } from '../../shared/domain/compact-snapshot.ts'
import { Component } from '../../shared/domain/component.ts'
import { type Event, EventDraft, EventId, type Pulse } from '../../shared/domain/events.ts'
import { Incident } from '../../shared/domain/incident.ts'
import { Notice } from '../../shared/domain/notice.ts'
import { fail, Instant, ok, type Result } from '../../shared/domain/primitives.ts'
import { Probe } from '../../shared/domain/probe.ts'
import { Provider, Region, RegionStatus } from '../../shared/domain/region.ts'
import { Snapshot } from '../../shared/domain/snapshot.ts'
import { Source } from '../../shared/domain/source.ts'

/** A snapshot as far as it could be read, and what had to be left out of it, one line each. */
export type ReadSnapshot = { snapshot: Snapshot; dropped: string[] }

/**
 * JSON from the server → a snapshot. Records that do not pass (a newer server may know more kinds than this page) are
 * left out one by one; it fails only when the frame around them does not pass.
 */
export function readSnapshot(json: unknown): Result<ReadSnapshot> {
  const whole = Snapshot.safeParse(json)
  if (whole.success) return ok({ snapshot: whole.data, dropped: [] })
  const frame = Unchecked.safeParse(json)
  if (!frame.success) return fail(`the snapshot does not pass: ${firstIssue(frame.error)}`)
  const dropped: string[] = []
  const { providers, regions, statuses, incidents, components, articles, sources, probes, notices, ...rest } =
    frame.data
  const kept = {
    providers: keep('provider', Provider, providers, dropped),
    regions: keep('region', Region, regions, dropped),
    statuses: keep('region status', RegionStatus, statuses, dropped),
    incidents: keep('incident', Incident, incidents, dropped),
    components: keep('component', Component, components, dropped),
    articles: keep('article', Article, articles, dropped),
    sources: keep('source', Source, sources, dropped),
    probes: keep('probe', Probe, probes, dropped),
    notices: keep('notice', Notice, notices, dropped),
  }
  return ok({ snapshot: { ...rest, ...kept }, dropped })
}

/** What `GET /api/compact-snapshot` says → the snapshot, without the texts that a picture leaves out. */
export function readPicture(json: unknown): Result<ReadSnapshot> {
  const picture = Picture.safeParse(json)
  if (!picture.success) return fail(`the picture does not pass: ${firstIssue(picture.error)}`)
  const { providers, regions, statuses, incidents, components, articles, sources, probes, notices, ...rest } =
    picture.data
  return readSnapshot({
    ...rest,
    providers: fromColumns(providers),
    regions: fromColumns(regions),
    statuses: fromColumns(statuses),
    incidents: fromColumns(incidents),
    components: fromColumns(components),
    articles: fromColumns(articles),
    sources: fromColumns(sources),
    probes: fromColumns(probes),
    notices: fromColumns(notices),
  })
}

/** What `GET /api/compact-snapshot/texts` says. */
export function readTexts(json: unknown): Result<Texts> {
  const texts = Texts.safeParse(json)
  return texts.success ? ok(texts.data) : fail(`the texts do not pass: ${firstIssue(texts.error)}`)
}

/** What `GET /api/sources` says. */
export type SourceList = { sources: Source[]; canPollNow: boolean }

/** JSON from the server → its sources; those that do not pass are left out. */
export function readSourceList(json: unknown): Result<SourceList> {
  const list = SourceListFrame.safeParse(json)
  if (!list.success) return fail(`the list of sources does not pass: ${firstIssue(list.error)}`)
  return ok({ canPollNow: list.data.canPollNow, sources: keep('source', Source, list.data.sources, []) })
}

/** A page of `GET /api/articles`, and what to ask for behind it; null on the last. */
export type ArticlePage = { articles: Article[]; next: string | null }

/** JSON from the server → its articles; those that do not pass are left out. */
export function readArticlePage(json: unknown): Result<ArticlePage> {
  const page = ArticlePageFrame.safeParse(json)
  if (!page.success) return fail(`the page of articles does not pass: ${firstIssue(page.error)}`)
  return ok({ next: page.data.next, articles: keep('article', Article, page.data.articles, []) })
}

/** A socket message → an event. */
export function readEvent(message: unknown): Result<Event> {
  const draft = EventDraft.safeParse(message)
  if (!draft.success) return fail(`an event does not pass: ${firstIssue(draft.error)}`)
  const id = WithId.safeParse(message)
  if (!id.success) return fail(`an event does not pass: ${firstIssue(id.error)}`)
  return ok({ ...draft.data, id: id.data.id })
}

/** A socket message → the server's sign of life. */
export function readPulse(message: unknown): Result<Pulse> {
  const pulse = PulseSchema.safeParse(message)
  return pulse.success ? ok(pulse.data) : fail(`a pulse does not pass: ${firstIssue(pulse.error)}`)
}

const anything = z.array(z.unknown())
const Unchecked = Snapshot.extend({
  providers: anything,
  regions: anything,
  statuses: anything,
  incidents: anything,
  components: anything,
  articles: anything,
  sources: anything,
  probes: anything,
  notices: anything,
})
const SourceListFrame = z.object({ sources: anything, canPollNow: z.boolean() })
const ArticlePageFrame = z.object({ articles: anything, next: z.string().nullable() })
const WithId = z.object({ id: EventId })
/** A server may not keep a page away for long, and one of an older build says nothing. */
const ComeBack = z.number().min(0).max(60_000).default(1_000)
const PulseSchema = z.object({ at: Instant, head: EventId, workersAt: Instant.nullable(), comeBackWithinMs: ComeBack })

function keep<T>(what: string, schema: z.ZodType<T>, records: unknown[], dropped: string[]): T[] {
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
