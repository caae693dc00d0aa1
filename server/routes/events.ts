import type Router from '@koa/router'
import type { Context } from 'koa'
import { type CountryOf, formatChannel } from '../../shared/domain/channels.ts'
import { EventId } from '../../shared/domain/events.ts'
import { clientAddress, type MinuteLimit, originAllowed } from '../http/admission.ts'
import type { OpenLimit } from '../http/limits.ts'
import { Paging } from '../http/paging.ts'
import { readQuery } from '../http/request.ts'
import { eventsAfter, type ResumeDeps } from '../live/resume.ts'
import type { Streams } from '../live/streams.ts'
import { channelList } from '../live/subscriptions.ts'

export type EventRoutesDeps = ResumeDeps & {
  countryOf: CountryOf
  streams: Pick<Streams, 'open'>
  /** Counts the connections that an address makes. */
  connections: MinuteLimit
  /** Counts the connections that an address holds open. */
  open: OpenLimit
  allowedOrigins: readonly string[]
  trustedProxies: number
  answer(ctx: Context, body: object): void
}

/** What happened, for programs: `GET /api/events` page by page, `GET /api/stream` as it happens. */
export function eventRoutes(router: Router, deps: EventRoutesDeps): void {
  const channels = channelList(deps.countryOf).default([formatChannel({ kind: 'all' })])
  const since = EventId.optional()

  router.get('/events', async ctx => {
    const query = readQuery(ctx, { channels, since, limit: Paging.limit })
    demandLoaded(ctx, deps)
    ctx.set('Cache-Control', 'no-store')
    deps.answer(ctx, await eventsAfter(query, deps))
  })

  router.get('/stream', ctx => {
    const query = readQuery(ctx, { channels, since })
    const last = EventId.safeParse(ctx.get('Last-Event-ID'))
    const address = clientAddress(ctx.req, deps.trustedProxies)
    const admitted = deps.connections(address)
    if (!admitted.ok) ctx.throw(429, admitted.error)
    const room = deps.open.admit(address)
    if (!room.ok) ctx.throw(429, room.error)
    if (!originAllowed(ctx.req, deps.allowedOrigins)) ctx.throw(403, 'this origin is not in ALLOWED_ORIGINS')
    demandLoaded(ctx, deps)
    allowOrigin(ctx)
    ctx.set('Cache-Control', 'no-store')
    ctx.set('X-Accel-Buffering', 'no')
    ctx.status = 200
    ctx.type = 'text/event-stream'
    if (ctx.method === 'HEAD') return
    ctx.respond = false
    ctx.flushHeaders()
    ctx.res.once('close', deps.open.hold(address))
    // A browser that comes again repeats its first address, so what it saw last stands in the header.
    deps.streams.open(ctx.res, query.channels, last.data ?? query.since)
  })
}

function demandLoaded(ctx: Context, { current }: Pick<EventRoutesDeps, 'current'>): void {
  if (!current.loaded) ctx.throw(503, 'the view is not loaded yet: try again in a moment', { expose: true })
}

/** Lets the page read what its origin was admitted to. */
function allowOrigin(ctx: Context): void {
  ctx.vary('Origin')
  const origin = ctx.get('Origin')
  if (origin !== '') ctx.set('Access-Control-Allow-Origin', origin)
}
