import { z } from 'zod'
import { isActive, isEnded } from '../../shared/domain/incident.ts'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import { type Component, type Impact, type Stage, type Status, severity } from '../../shared/domain/status.ts'
import { mergePlaces, placesOfIncident } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, oneLine, plainText } from '../text/plain-text.ts'
import { webUrl, withoutQuery } from '../text/web-url.ts'
import type { Answer } from './answer.ts'
import { noteOrigin, noteSecond } from './fragments.ts'
import { listOf, one, readEntries, readJson, unread, word } from './json.ts'
import type { IncidentUpdate, ReadContext, Reader, ReadIncident } from './reader.ts'
import { orderUpdates, readingOfLists, recordId, serviceNames } from './reading.ts'
import { lookUp, openLifecycleOf, ownWord } from './status-words.ts'

/**
 * A status page of PagerDuty: its services, and its featured posts, which are open incidents and maintenances ahead or
 * under way. Posts say status and severity by ids that each page has of its own; what those mean is asked for where
 * there is a post. A service has the state that posts give it.
 * @see https://status.pagerduty.com/api/posts?is_featured=true
 */
export const pagerduty: Reader = {
  address: url => `${pageOf(url)}/api/services`,
  also: url => `${pageOf(url)}/api/posts?is_featured=true&limit=500`,
  more: (url, { also }) => (also !== undefined && hasPosts(also) ? `${pageOf(url)}/api/post_enums` : undefined),
  accept: 'application/json',
  complete: true,
  detection: { tried: 'anywhere', isHome: url => /^https?:\/\/status\.pagerduty\.com(?:\/|$)/.test(url) },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const page = ServicesPage.safeParse(json.value)
    if (!page.success)
      return fail("the answer is JSON, but no list of PagerDuty's services (`services` is missing): check the address")
    if (answer.also === undefined)
      return fail('the posts of the page were not fetched: they have an address of their own')
    const told = postsIn(answer.also, answer.more, page.data.services, context)
    if (!told.ok) return told
    const components = readEntries(page.data.services, {
      what: 'services',
      needs: 'an id and a name',
      schema: Service,
      max: 2000,
      read: service => (service.is_active === false ? [] : one(componentOf(service, told.value, context))),
    })
    const incidents = told.value.map(({ incident }) => incident)
    noteSecond(incidents)
    return readingOfLists({ incidents: [ok(incidents)], components: [components] })
  },
}

const pageOf = (url: string): string => withoutQuery(url).replace(/\/(?:api\/\w+)?$/, '')

const Service = z.object({ id: word, name: word, display_name: word, is_active: unread })
const ServicesPage = z.object({ services: z.custom<unknown[]>(Array.isArray) })

const Hit = z.object({ service_id: word, severity_id: word })
const Update = z.object({
  id: word,
  reported_at: word,
  message: word,
  status_id: word,
  severity_id: word,
  impacts: listOf(Hit, 500),
})
const Post = z.object({
  id: word,
  title: word,
  post_type: word,
  starts_at: word,
  ends_at: word,
  first_update_at: word,
  latest_update: Update.catch(Update.parse({})),
  updates: listOf(Update, 500),
})
type Post = z.output<typeof Post>
const PostsPage = z.object({ posts: z.custom<unknown[]>(Array.isArray) })
const Meanings = z.object({ post_enums: listOf(z.object({ id: word, name: word }), 1000) })

function hasPosts(answer: Answer): boolean {
  const json = readJson(answer)
  const page = PostsPage.safeParse(json.ok ? json.value : null)
  return page.success && page.data.posts.length > 0
}

/** A post, and how badly it touches each service, by the service's id. */
type Told = { incident: ReadIncident; touches: Map<string, string> }

/** @param more what ids mean; where a page does not say, they stand for themselves */
function postsIn(
  posts: Answer,
  more: Answer | undefined,
  services: readonly unknown[],
  context: ReadContext,
): Result<Told[]> {
  const json = readJson(posts)
  if (!json.ok) return fail(`posts: ${json.error}`)
  const page = PostsPage.safeParse(json.value)
  if (!page.success)
    return fail('the second answer is JSON, but no list of posts (`posts` is missing): check the address')
  const meaning = more === undefined ? null : readJson(more)
  const enums = Meanings.safeParse(meaning?.ok ? meaning.value : null)
  const meanings = new Map(enums.success ? enums.data.post_enums.map(({ id, name }) => [id, name] as const) : [])
  const names = new Map(
    listOf(Service, 2000)
      .parse(services)
      .map(service => [service.id, nameOf(service)] as const),
  )
  return readEntries(page.data.posts, {
    what: 'posts',
    needs: 'an id, a title and a time',
    schema: Post,
    max: 500,
    read: post => one(toldBy(post, names, id => meanings.get(id) ?? id, context)),
  })
}

const nameOf = ({ display_name, name }: z.output<typeof Service>): string => oneLine(display_name) || oneLine(name)

function toldBy(
  post: Post,
  names: ReadonlyMap<string, string>,
  meaningOf: (id: string) => string,
  { source, places, now }: ReadContext,
): Told | null {
  const last = post.latest_update
  const planned = post.post_type === 'maintenance'
  const title = oneLine(post.title)
  const updates = post.updates.length > 0 ? post.updates : [last]
  const first = parseDate(post.first_update_at) ?? parseDate(updates.at(-1)?.reported_at ?? '')
  const startedAt = planned ? (parseDate(post.starts_at) ?? first) : (first ?? parseDate(post.starts_at))
  if (post.id === '' || title === '' || startedAt === null) return null
  const stageOf = (update: z.output<typeof Update>): Stage => {
    const known = lookUp(stages[planned ? 'maintenance' : 'incident'], meaningOf(update.status_id))
    if (known !== null) return known
    if (planned) return Date.parse(startedAt) > now ? 'scheduled' : 'in_progress'
    return openLifecycleOf('', plainText(update.message))
  }
  const status = stageOf(last)
  const updatedAt = latest([parseDate(last.reported_at), first]) ?? startedAt
  const touches = new Map(last.impacts.map(({ service_id, severity_id }) => [service_id, meaningOf(severity_id)]))
  const services = serviceNames(touched(touches).map(id => names.get(id) ?? ''))
  const incident: ReadIncident = {
    id: recordId(source.id, post.id),
    provider: source.provider,
    kind: planned ? 'maintenance' : 'incident',
    title: clip(title, 300),
    status,
    rawStatus: isKnown(meaningOf(last.status_id)) ? null : ownWord(meaningOf(last.status_id)),
    impact: planned ? 'maintenance' : impactOf([last, ...updates].map(update => meaningOf(update.severity_id))),
    ...placesOfIncident(mergePlaces([title, ...services].map(text => places(source.provider, text)))),
    services,
    startedAt,
    updatedAt,
    resolvedAt: isEnded({ status }) ? updatedAt : null,
    scheduledFor: planned ? startedAt : null,
    scheduledUntil: planned ? parseDate(post.ends_at) : null,
    url: /^\w+$/.test(post.id) ? webUrl(`${pageOf(source.url)}/posts/details/${post.id}`) : null,
    updates: orderUpdates(
      updates.flatMap((update): IncidentUpdate[] => {
        const at = parseDate(update.reported_at)
        const text = plainText(update.message)
        return at === null || text === ''
          ? []
          : [{ id: clip(oneLine(update.id), 120) || at, at, status: stageOf(update), text }]
      }),
    ),
  }
  return { incident: noteOrigin(incident, post), touches }
}

const stages = {
  incident: new Map<string, Stage>([
    ['detected', 'investigating'],
    ['investigating', 'investigating'],
    ['identified', 'identified'],
    ['monitoring', 'monitoring'],
    ['resolved', 'resolved'],
  ]),
  maintenance: new Map<string, Stage>([
    ['scheduled', 'scheduled'],
    ['inprogress', 'in_progress'],
    ['completed', 'completed'],
  ]),
}
const isKnown = (word: string): boolean => Object.values(stages).some(table => lookUp(table, word) !== null)

const impacts = new Map<string, Impact>([
  ['allgood', 'none'],
  ['minor', 'minor'],
  ['major', 'major'],
  ['partialoutage', 'major'],
  ['outage', 'critical'],
])

/** The last that was said of harm: 'all good' at the end takes nothing back. */
const impactOf = (said: readonly string[]): Impact => {
  const known = said.flatMap(word => lookUp(impacts, word) ?? [])
  return known.find(impact => impact !== 'none') ?? known[0] ?? 'minor'
}

/** The services that are not well again; all of them where all are. */
function touched(touches: ReadonlyMap<string, string>): string[] {
  const unwell = [...touches].filter(([, said]) => lookUp(statuses, said) !== 'operational').map(([id]) => id)
  return unwell.length > 0 ? unwell : [...touches.keys()]
}

const statuses = new Map<string, Status>([
  ['operational', 'operational'],
  ['allgood', 'operational'],
  ['maintenance', 'under_maintenance'],
  ['minor', 'degraded_performance'],
  ['degraded', 'degraded_performance'],
  ['major', 'partial_outage'],
  ['partialoutage', 'partial_outage'],
  ['outage', 'major_outage'],
])

/** A service is as bad as the worst that an active post says of it; a word that nobody knows is worse than well. */
function componentOf(
  service: z.output<typeof Service>,
  told: readonly Told[],
  { source, places }: ReadContext,
): Component | null {
  const name = nameOf(service)
  if (service.id === '' || name === '') return null
  const rank = ({ status }: Pick<Component, 'status'>): number => (status === 'unknown' ? 0.5 : severity[status])
  const health = told
    .filter(({ incident }) => isActive(incident))
    .flatMap(({ touches }) => touches.get(service.id) ?? [])
    .map((said): Pick<Component, 'status' | 'rawStatus'> => {
      const status = lookUp(statuses, said)
      return { status: status ?? 'unknown', rawStatus: status === null ? ownWord(said) : null }
    })
    .reduce((a, b) => (rank(b) > rank(a) ? b : a), { status: 'operational', rawStatus: null })
  return {
    id: recordId(source.id, service.id),
    provider: source.provider,
    name: clip(name, 200),
    ...health,
    regions: places(source.provider, name).regions,
  }
}
