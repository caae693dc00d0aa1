import { z } from 'zod'
import { Article } from '../../shared/domain/article.ts'
import { Channel } from '../../shared/domain/channels.ts'
import { Picture, Texts } from '../../shared/domain/compact-snapshot.ts'
import { EventId } from '../../shared/domain/events.ts'
import { HistoryDay } from '../../shared/domain/history.ts'
import { Incident } from '../../shared/domain/incident.ts'
import { Notice } from '../../shared/domain/notice.ts'
import { Admission, AskedPairing, PairingState } from '../../shared/domain/pairing.ts'
import { Instant } from '../../shared/domain/primitives.ts'
import { Probe } from '../../shared/domain/probe.ts'
import { Pop, Region, RegionStatus } from '../../shared/domain/region.ts'
import { Outcome, Screen, ScreenCommand } from '../../shared/domain/screen.ts'
import { Snapshot } from '../../shared/domain/snapshot.ts'
import { Source } from '../../shared/domain/source.ts'
import { Status } from '../../shared/domain/status.ts'
import { Paging } from '../http/paging.ts'
import { KeyQuery } from '../http/request.ts'
import { channelList } from '../live/subscriptions.ts'
import { ArticlesQuery, ProbesQuery, RegionsQuery, SearchQuery, SourcesQuery } from './api-queries.ts'
import { HistoryQuery } from './history.ts'
import { IncidentsQuery } from './incidents.ts'
import { NewNotice } from './notices.ts'
import { type Description, EventSchema } from './openapi.ts'
import { Naming } from './screens.ts'
import { pageDocuments } from './statuspage.ts'

const Fault = z.object({ error: z.string() })
/** Of routes that read the store. */
const stored = { 503: Fault }
/** Of routes with a body. */
const wrongBody = { 400: Fault, 401: Fault, 413: Fault, 415: Fault }
const head = { simulated: z.boolean(), head: EventId }
const page = { next: z.string().nullable() }
const RegionNow = z.object({ ...Region.shape, status: RegionStatus.nullable() })
const channels = channelList(() => '').optional()

const get = (
  path: Description['path'],
  summary: string,
  query: z.ZodRawShape,
  answer: z.ZodRawShape,
  more: Description['answers'] = {},
): Description => ({
  method: 'get',
  path,
  summary,
  query,
  answers: { 200: z.object({ ...head, ...answer }), 400: Fault, 401: Fault, ...more },
  token: 'view',
})

const shown = (path: Description['path'], summary: string, type: `${string}/${string}`): Description => ({
  method: 'get',
  path,
  summary,
  query: KeyQuery,
  answers: { 200: type, 304: null, 401: Fault, 404: Fault },
  token: 'view',
})

/** Every route of the server. */
export const descriptions: readonly Description[] = [
  {
    ...get('/api/snapshot', 'All current state, of all channels or of some.', { channels }, {}),
    answers: { 200: Snapshot, 304: null, 400: Fault, 401: Fault },
  },
  {
    ...get('/api/picture', 'The snapshot as pages take it: by columns, without most of its long texts.', {}, {}),
    answers: { 200: Picture, 304: null, 401: Fault },
  },
  {
    ...get('/api/picture/texts', 'The texts that a picture leaves out.', {}, {}),
    answers: { 200: Texts, 304: null, 401: Fault },
  },
  get('/api/regions', 'Regions and their status.', RegionsQuery, { regions: z.array(RegionNow) }),
  get(
    '/api/regions/{provider}/{code}',
    'A region, its status and its incidents.',
    {},
    { region: RegionNow, incidents: z.array(Incident), probes: z.array(Probe) },
    { 404: Fault },
  ),
  get(
    '/api/incidents',
    'Incidents, the latest updated first; what is over as far back as it is kept.',
    IncidentsQuery,
    {
      total: z.number().optional(),
      keptDays: z.number().optional(),
      incidents: z.array(Incident),
      ...page,
    },
    stored,
  ),
  get('/api/incidents/{source}/{id}', 'An incident.', {}, { incident: Incident }, { 404: Fault, ...stored }),
  get(
    '/api/history',
    'What each of the last days was like, for a region or a provider.',
    HistoryQuery,
    {
      region: z.string().optional(),
      provider: z.string().optional(),
      since: Instant.nullable(),
      days: z.array(HistoryDay),
    },
    { 404: Fault, ...stored },
  ),
  get(
    '/api/articles',
    'Articles, newest first, as far back as they are kept.',
    ArticlesQuery,
    { articles: z.array(Article), ...page },
    stored,
  ),
  get('/api/sources', 'Sources and how they do.', SourcesQuery, { canPollNow: z.boolean(), sources: z.array(Source) }),
  get('/api/sources/{id}', 'A source.', {}, { canPollNow: z.boolean(), source: Source }, { 404: Fault }),
  get('/api/probes', 'What probes found.', ProbesQuery, { probes: z.array(Probe) }),
  {
    ...get('/api/pops', 'Edge locations, to be kept for a day.', { provider: SourcesQuery.provider }, {}),
    answers: { 200: z.object({ pops: z.array(Pop) }), 304: null, 400: Fault, 401: Fault },
  },
  get(
    '/api/pops/statuses',
    'Edge locations that a status page tells of.',
    { provider: SourcesQuery.provider },
    { statuses: z.record(z.string(), Status) },
  ),
  get('/api/stats', 'The headline figures.', {}, { workersAt: Instant.nullable() }),
  get('/api/notices', 'Notices that were posted and not withdrawn.', {}, { notices: z.array(Notice) }),
  get('/api/search', 'Regions, incidents and articles that hold the words, at most 20 of each.', SearchQuery, {
    regions: z.array(Region),
    incidents: z.array(Incident),
    articles: z.array(Article),
  }),
  get(
    '/api/feed-key',
    'The key to what is told of a channel without a header; null where reading is open.',
    { channel: Channel },
    { channel: Channel, key: z.string().nullable() },
  ),
  get(
    '/api/events',
    'What happened after an event, oldest first.',
    { channels, since: EventId.optional(), limit: Paging.limit },
    {
      reset: z.enum(['trimmed', 'lost', 'rebuilt']).nullable(),
      events: z.array(EventSchema),
      next: EventId,
      more: z.boolean(),
    },
    stored,
  ),
  {
    ...get(
      '/api/stream',
      'What happens, as it happens: Server-Sent Events.',
      { channels, since: EventId.optional() },
      {},
    ),
    answers: { 200: 'text/event-stream', 400: Fault, 401: Fault, 403: Fault, 429: Fault, 503: Fault },
  },
  {
    ...get('/api/openapi.json', 'This.', {}, {}),
    answers: { 200: 'application/json', 401: Fault },
  },
  {
    method: 'post',
    path: '/api/notices',
    summary: 'Posts a notice.',
    body: NewNotice,
    answers: {
      201: z.object({ notice: Notice }),
      400: Fault,
      401: Fault,
      404: Fault,
      409: Fault,
      413: Fault,
      415: Fault,
      ...stored,
    },
    token: 'admin',
  },
  {
    method: 'delete',
    path: '/api/notices/{id}',
    summary: 'Withdraws a notice.',
    answers: { 204: null, 401: Fault, 404: Fault, ...stored },
    token: 'admin',
  },
  {
    method: 'post',
    path: '/api/sources/{id}/poll',
    summary: 'Makes a source due at once.',
    answers: { 202: z.object({ id: z.string(), due: z.literal('now') }), 401: Fault, 404: Fault, ...stored },
    token: 'admin',
  },
  {
    method: 'get',
    path: '/api/screens',
    summary: 'The screens on walls, and how many wait to be admitted.',
    answers: {
      200: z.object({ screens: z.array(Screen), waiting: z.number().nullable() }),
      401: Fault,
      404: Fault,
      ...stored,
    },
    token: 'admin',
  },
  {
    method: 'post',
    path: '/api/screens',
    summary: 'Admits the screen that shows this code.',
    body: Admission,
    answers: { 201: z.object({ screen: Screen }), ...wrongBody, 404: Fault, 409: Fault, 429: Fault, ...stored },
    token: 'admin',
  },
  {
    method: 'patch',
    path: '/api/screens/{id}',
    summary: 'Names a screen and its place.',
    body: Naming,
    answers: { 200: z.object({ outcome: Outcome }), ...wrongBody, 404: Fault, ...stored },
    token: 'admin',
  },
  {
    method: 'delete',
    path: '/api/screens/{id}',
    summary: 'Forgets a screen and withdraws its admission.',
    answers: { 204: null, 401: Fault, 404: Fault, ...stored },
    token: 'admin',
  },
  {
    method: 'post',
    path: '/api/screens/{id}/commands',
    summary: 'Has a screen do something.',
    body: ScreenCommand,
    answers: { 200: z.object({ outcome: Outcome }), ...wrongBody, 404: Fault, ...stored },
    token: 'admin',
  },
  {
    method: 'get',
    path: '/api/screens/{id}/picture',
    summary: 'What a screen shows, as a small picture.',
    answers: { 200: 'image/webp', 401: Fault, 404: Fault, ...stored },
    token: 'admin',
  },
  {
    method: 'post',
    path: '/pairing',
    summary: 'A code for a screen that has no token.',
    answers: { 201: AskedPairing, 404: Fault, 429: Fault, ...stored },
    token: 'none',
  },
  {
    method: 'get',
    path: '/pairing/{code}',
    summary: 'Whether the screen with this code was admitted; with the secret beside the code as its token.',
    answers: { 200: PairingState, 404: Fault, 429: Fault, ...stored },
    token: 'screen',
  },
  shown('/feeds/{file}', 'A channel as a feed: `<channel>.rss`, `.atom` or `.json`.', 'application/atom+xml'),
  shown('/badge/region/{provider}/{code}.svg', 'A region as a badge.', 'image/svg+xml'),
  shown('/badge/provider/{provider}.svg', 'A provider as a badge.', 'image/svg+xml'),
  shown('/embed/region/{provider}/{code}', 'A region as a small page for a frame.', 'text/html'),
  ...pageDocuments.map(name =>
    shown(`/statuspage/{provider}/api/v2/${name}`, "A provider in Atlassian Statuspage's format.", 'application/json'),
  ),
  ...(['/healthz', '/readyz', '/metrics'] as const).map(
    (path): Description => ({
      method: 'get',
      path,
      summary: { '/healthz': 'Alive.', '/readyz': 'Ready to serve.', '/metrics': 'Prometheus.' }[path],
      answers: {
        200: path === '/metrics' ? 'text/plain' : 'application/json',
        ...(path === '/readyz' ? { 503: null } : {}),
      },
      token: 'none',
    }),
  ),
]
