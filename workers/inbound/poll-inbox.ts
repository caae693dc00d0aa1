import type { Redis } from 'ioredis'
import type { CountryOf } from '../../shared/domain/channels.ts'
import { type Incident, isActive } from '../../shared/domain/incident.ts'
import { fail, type Result } from '../../shared/domain/primitives.ts'
import { type Post, peekPosts } from '../../shared/redis/inbox.ts'
import { loadOwned, type OwnedRecords, type PollState } from '../../shared/redis/poll-state.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import type { ServiceMatcher } from '../../shared/services/service-matcher.ts'
import type { InboundSource } from '../config/source-config.ts'
import { inboundReaders } from '../formats/inbound/registry.ts'
import type { ReadIncident, Reading } from '../formats/reader.ts'
import type { PlaceMatcher } from '../places/places.ts'
import { boundReading } from '../poll/bound-reading.ts'
import { type Changes, type Diff, diff } from '../poll/diff.ts'
import { evidenceIn, packNew } from '../poll/evidence.ts'
import { withinShare } from '../poll/fair-share.ts'
import type { PollFindings } from '../poll/health.ts'
import { resolveServices } from '../poll/resolve-services.ts'

export type InboxDeps = {
  redis: Redis
  places: PlaceMatcher
  services: { match: ServiceMatcher }
  countryOf: CountryOf
  keepEndedMs: number
  now: () => number
  onInvalid: OnInvalid
}

/** Posts that one poll reads; the next follows at once. */
const MAX_POSTS = 50
const NEXT_MS = 100
/** When the rest is read of what is beyond the source's share of events, in ms. */
const SHARE_MS = 5_000

/**
 * Reads the posts in a source's inbox, one after another, as if each were a poll of its own. They stay in the inbox
 * until the commit of what they say takes them out; a post that cannot be read is taken out too, and noted.
 */
export async function pollInbox(source: InboundSource, before: PollState, deps: InboxDeps): Promise<PollFindings> {
  const { redis, onInvalid } = deps
  const now = deps.now()
  const posts = await peekPosts(redis, source.id, MAX_POSTS, onInvalid)
  const owned = await loadOwned(redis, before, onInvalid)
  const sum = emptySum()
  let state = before
  let taken = 0
  let postponed = 0
  let cut = 0
  let note: string | null = null

  // Without a post too: what ended long ago is removed.
  for (const told of posts.length === 0 ? [nothing] : posts.map(post => readPost(post, source, deps))) {
    if (!told.ok) note = told.error
    const read = told.ok ? told.value : noReading
    const bound = boundReading(resolveServices(withoutSteps(read, owned), deps.services.match))
    const findEvidence = evidenceIn(saidIn(read, source), undefined)
    const all = diff({
      provider: source.provider,
      complete: false,
      reading: bound.reading,
      owned,
      missing: {},
      countryOf: deps.countryOf,
      evidenceOf: incident => findEvidence(incident)?.id,
      keepEndedMs: deps.keepEndedMs,
      now,
    })
    const sent = withinShare(all, state, now)
    add(sum, sent.diff, await packNew(sent.diff.ledger, findEvidence, now))
    for (const incident of sent.diff.upserts.incidents) owned.incidents.set(incident.id, incident)
    for (const id of sent.diff.removals.incidents) owned.incidents.delete(id)
    state = { ...state, incidents: sent.diff.incidents, share: sent.share }
    cut += bound.cut
    postponed = sent.postponed
    // The rest of a post that told too much at once is found in it by the next poll.
    if (postponed > 0) break
    if (posts.length > 0) taken += 1
  }

  const { events, upserts, removals, ledger, evidence } = sum
  const last = posts.slice(0, taken).findLast(post => post !== null)
  return {
    kind: events.length > 0 ? 'changed' : 'same',
    httpStatus: null,
    latencyMs: null,
    maxAgeMs: null,
    cut,
    postponed,
    ...(posts.length > 0 && { note }),
    ...(last && { lastPostAt: last.at }),
    recheckMs: postponed > 0 ? SHARE_MS : posts.length === MAX_POSTS ? NEXT_MS : null,
    changes: {
      upserts: { incidents: [...upserts.values()], components: [], articles: [] },
      removals: { incidents: [...removals], components: [], articles: [] },
      events,
      ledger,
      evidence,
      posts: taken,
    },
    state: { ...state, active: [...owned.incidents.values()].some(isActive) },
  }
}

const noReading: Reading = { incidents: [], components: [], articles: [] }
const nothing: Result<Reading> = { ok: true, value: noReading }

/** What the posts of a poll change together: of a record the last state, of events and entries all. */
type Sum = Required<Pick<Changes, 'events' | 'ledger' | 'evidence'>> & {
  upserts: Map<string, Incident>
  removals: Set<string>
}
const emptySum = (): Sum => ({ events: [], ledger: [], evidence: [], upserts: new Map(), removals: new Set() })

function add(sum: Sum, { upserts, removals, events, ledger }: Diff, evidence: Sum['evidence']): void {
  for (const incident of upserts.incidents) sum.upserts.set(incident.id, incident)
  for (const id of removals.incidents) {
    sum.upserts.delete(id)
    sum.removals.add(id)
  }
  sum.events.push(...events)
  sum.ledger.push(...ledger)
  sum.evidence.push(...evidence)
}

/** Deeper JSON is no post of any sender, and would exhaust the stack of whoever writes it down again. */
const MAX_DEPTH = 60

function readPost(post: Post | null, source: InboundSource, { places }: InboxDeps): Result<Reading> {
  if (post === null) return fail('a stored post does not fit and is left out')
  const json = valueIn(post.body)
  if (json === undefined || depthOf(json) > MAX_DEPTH) return fail('a post was no JSON, or nested too deep')
  const told = inboundReaders[source.format].read(json, { source, places, now: Date.parse(post.at) })
  return told.ok ? told : fail(`a post could not be read: ${told.error}`)
}

function valueIn(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** How many lists and objects stand inside each other at most. */
function depthOf(value: unknown): number {
  let level = [value]
  for (let depth = 0; ; depth++) {
    const inside = level.filter(one => typeof one === 'object' && one !== null)
    if (inside.length === 0) return depth
    level = inside.flatMap((one): unknown[] => Object.values(one))
  }
}

/**
 * A reading whose older words do not bring an older state back: senders repeat what got no answer, and what they sent
 * meanwhile has come before it.
 */
const withoutSteps = (reading: Reading, owned: Pick<OwnedRecords, 'incidents'>): Reading => ({
  ...reading,
  incidents: reading.incidents.map(incident => {
    const before = owned.incidents.get(incident.id)
    if (before?.saidAt == null || incident.updatedAt >= before.saidAt) return incident
    return { ...summaryOf(before), updatedAt: before.saidAt, updates: incident.updates }
  }),
})

function summaryOf(incident: Incident): Omit<ReadIncident, 'updates'> {
  const { entries, everRegions, everServiceIds, saidAt, ...summary } = incident
  return summary
}

/** What a post says, as evidence. Its origin is the format, as posts have no address. */
function saidIn({ fragments = new Map() }: Reading, { url }: InboundSource) {
  const answer = { body: new Uint8Array(), contentType: null }
  return [{ fragments, first: { answer, url } }]
}
