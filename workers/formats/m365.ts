import { z } from 'zod'
import { fail, ok, toInstant } from '../../shared/domain/primitives.ts'
import type { Component, Impact, Status } from '../../shared/domain/status.ts'
import { placesOfIncident } from '../places/places.ts'
import { parseDate } from '../text/dates.ts'
import { clip, oneLine, plainText } from '../text/plain-text.ts'
import { documentIn, webUrl, withoutQuery } from '../text/web-url.ts'
import { readOrigins } from './fragments.ts'
import { readEntries, readJson, word } from './json.ts'
import type { ReadContext, Reader, ReadIncident } from './reader.ts'
import { digest, readingOf, recordId } from './reading.ts'
import { lookUp, openLifecycleOf, ownWord } from './status-words.ts'

/**
 * The posts of Microsoft 365's public status page: one state each, of an admin center or a product for consumers. What
 * happens to Exchange, Teams and the like of a company is told to its administrators alone. Nothing documents them.
 * @see https://status.cloud.microsoft
 */
export const m365: Reader = {
  address: url => documentIn(url, '/api/posts/mac', POSTS),
  accept: 'application/json',
  complete: true,
  detection: {
    tried: 'at-home',
    isHome: url => /^https?:\/\/status\.cloud\.microsoft(?:\/|$)/.test(url) || POSTS.test(url),
  },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const isList = Array.isArray(json.value)
    const posts = readEntries(isList ? json.value : [json.value], {
      what: 'posts',
      needs: 'an Id, a Status and an InternalDateTime',
      schema: Post,
      max: 100,
      read: post => (post.Id === '' || post.Status === '' || parseDate(post.InternalDateTime) === null ? null : [post]),
    })
    if (!posts.ok) return posts
    if (posts.value.length === 0) return fail('the answer lists no posts: check the address')
    const incidents = readOrigins(posts.value, post => incidentOf(post, context))
    const components = posts.value.map(post => componentOf(post, context))
    const old = posts.value.filter(post => isOld(post, context.now)).length
    const notes = [
      ...(isList ? [] : [LIMIT]),
      ...(old > 0
        ? [`${old} of ${posts.value.length} posts were not renewed for two hours: their state is unknown`]
        : []),
    ]
    return ok({
      ...readingOf({ incidents, components }),
      undated: incidents.map(({ id }) => id),
      ...(notes.length > 0 && { note: notes.join('. ') }),
    })
  },
}

const LIMIT =
  'this is one public post and not the health of services: that of Exchange, Teams and others is told to administrators alone'

const POSTS = /\/api\/posts\/[^/]+$/

/** `LastUpdatedTime` is not read: it is the clock of the server, another one in every answer. */
const Post = z.object({
  Id: word,
  InternalDateTime: word,
  Title: word,
  Message: word,
  Status: word,
  ServiceDisplayName: word,
  ServiceWorkloadName: word,
})
type Post = z.output<typeof Post>

/** `InternalDateTime` is renewed about every ten minutes, whether or not the post has changed. */
const RENEWED_WITHIN_MS = 2 * 3_600_000
const isOld = ({ InternalDateTime: at }: Post, now: number): boolean =>
  now - Date.parse(parseDate(at) ?? '') > RENEWED_WITHIN_MS

const statuses = new Map<string, Status>([
  ['available', 'operational'],
  ['operational', 'operational'],
  ['servicerestored', 'operational'],
  ['servicedegradation', 'degraded_performance'],
  ['serviceinterruption', 'major_outage'],
])

const impacts: Readonly<Partial<Record<Status, Impact>>> = { major_outage: 'critical' }

/** The address tells what a single post is about. */
const subjects: readonly (readonly [RegExp, string])[] = [
  [/\/mac$/i, 'Microsoft 365 admin center'],
  [/\/ppac$/i, 'Power Platform admin center'],
  [/\/azure$/i, 'Azure'],
]

/** What the post is about: its key in ids, and its name. */
function subjectOf(post: Post, { source }: ReadContext): { key: string; name: string } {
  const path = withoutQuery(m365.address(source.url))
  const key = post.ServiceWorkloadName || post.ServiceDisplayName || (path.split('/').at(-1) ?? '')
  const name = oneLine(post.ServiceDisplayName) || (subjects.find(([end]) => end.test(path))?.[1] ?? source.name)
  return { key, name: clip(name, 120) }
}

function componentOf(post: Post, context: ReadContext): Component {
  const { source, now } = context
  const { key, name } = subjectOf(post, context)
  const status = lookUp(statuses, post.Status)
  return {
    id: recordId(source.id, key),
    provider: source.provider,
    name,
    status: status === null || isOld(post, now) ? 'unknown' : status,
    rawStatus: status === null ? ownWord(post.Status) : null,
    regions: [],
  }
}

/** While a post does not say that all is well; null where it says so, or that it does not know. */
function incidentOf(post: Post, context: ReadContext): ReadIncident | null {
  const { source, places, now } = context
  const state = lookUp(statuses, post.Status)
  if (state === 'operational' || /^unknown$/i.test(post.Status.trim())) return null
  const { key, name } = subjectOf(post, context)
  const title = oneLine(post.Title)
  const text = plainText(post.Message)
  const at = toInstant(now)
  const status = openLifecycleOf(title, text)
  return {
    id: recordId(source.id, key),
    provider: source.provider,
    kind: 'incident',
    title: clip(title || name, 300),
    status,
    rawStatus: state === null ? ownWord(post.Status) : null,
    impact: (state === null ? undefined : impacts[state]) ?? 'minor',
    ...placesOfIncident(places(source.provider, title)),
    services: [name],
    startedAt: at,
    updatedAt: at,
    resolvedAt: null,
    scheduledFor: null,
    scheduledUntil: null,
    url: webUrl(new URL(source.url).origin),
    // The post is rewritten in place and has no ids for its words.
    updates: text === '' ? [] : [{ id: digest(text), at, status, text: clip(text, 4000) }],
  }
}
