import type { Context } from 'koa'
import { z } from 'zod'
import { AUDIT, type Channel, parseChannel } from '../../shared/domain/channels.ts'
import { EventDraft, EventId } from '../../shared/domain/events.ts'
import { MAX_CHANNELS } from '../../shared/domain/socket-protocol.ts'
import type { Access } from '../access/access.ts'
import { clientAddress, type MinuteLimit, type OpenLimit, originAllowed } from '../http/admission.ts'
import { Paging } from '../http/request.ts'
import { route } from '../http/route.ts'
import { checkChannels, type Known } from '../live/known-channels.ts'
import { eventsAfter, type ResumeDeps } from '../live/resume.ts'
import type { Streams } from '../live/streams.ts'
import { stateRoute } from './kinds.ts'

export type EventDeps = ResumeDeps & { known: Known; access: Pick<Access, 'demand'> }

export type StreamDeps = EventDeps & {
  streams: Pick<Streams, 'open'>
  connections: MinuteLimit
  open: OpenLimit
  allowedOrigins: readonly string[]
  trustedProxies: number
}

export const EventSchema = z.intersection(EventDraft, z.object({ id: EventId }))

export const ChannelList = z
  .string()
  .max(8192)
  .transform((value, context): Channel[] => {
    const channels = value.split(',').filter(Boolean)
    const wrong = channels.map(parseChannel).find(parts => !parts.ok)
    if (channels.length > MAX_CHANNELS)
      context.addIssue({ code: 'custom', message: `at most ${MAX_CHANNELS} channels; use provider/<id> or all` })
    if (wrong !== undefined && !wrong.ok) context.addIssue({ code: 'custom', message: wrong.error })
    return channels
  })

const channels = ChannelList.optional()
const since = EventId.optional()

export const getEvents = stateRoute({
  path: '/api/events',
  summary: 'What happened after an event, oldest first.',
  details: 'Without `since`: nothing but the place from which to go on.',
  costly: true,
  query: { channels, since, limit: Paging.limit },
  answer: {
    reset: z.enum(['trimmed', 'lost', 'rebuilt']).nullable(),
    events: z.array(EventSchema),
    next: EventId,
    more: z.boolean(),
  },
  faults: [503],
  cache: 'no-store',
  async handle({ ctx, query }, deps: EventDeps) {
    const wanted = { ...query, channels: await channelsToFollow(ctx, query.channels, deps) }
    demandLoaded(ctx, deps)
    return eventsAfter(wanted, deps)
  },
})

export const getStream = route({
  method: 'get',
  path: '/api/stream',
  summary: 'What happens, as it happens: Server-Sent Events.',
  query: { channels, since },
  answers: { 200: 'text/event-stream' },
  faults: [400, 403, 429, 503],
  access: 'view',
  async handle({ ctx, query }, deps: StreamDeps) {
    const wanted = await channelsToFollow(ctx, query.channels, deps)
    const last = EventId.safeParse(ctx.get('Last-Event-ID'))
    const address = clientAddress(ctx.req, deps.trustedProxies)
    for (const admitted of [deps.connections(address), deps.open.admit(address)])
      if (!admitted.ok) ctx.throw(429, admitted.error)
    if (!originAllowed(ctx.req, deps.allowedOrigins)) ctx.throw(403, 'this origin is not in ALLOWED_ORIGINS')
    demandLoaded(ctx, deps)
    ctx.set('Cache-Control', 'no-store')
    ctx.set('X-Accel-Buffering', 'no')
    ctx.status = 200
    ctx.type = 'text/event-stream'
    if (ctx.method === 'HEAD') return
    ctx.respond = false
    ctx.flushHeaders()
    ctx.res.once('close', deps.open.hold(address))
    // A browser that reconnects repeats its first address: the last event that it saw is in the header.
    deps.streams.open(ctx.res, wanted, last.data ?? query.since)
  },
})

function demandLoaded(ctx: Context, { current }: EventDeps): void {
  if (!current.loaded) ctx.throw(503, 'the view is not loaded yet: try again in a moment', { expose: true })
}

/** The channels of a request that follows them; `audit` needs the token of an admin, where reading is open too. */
async function channelsToFollow(
  ctx: Context,
  channels: readonly Channel[] = ['all'],
  { access, known }: Pick<EventDeps, 'access' | 'known'>,
): Promise<readonly Channel[]> {
  const isAudit = channels.includes(AUDIT)
  if (isAudit) {
    const admin = await access.demand(ctx, 'admin')
    ctx.res.once('close', admin.hold({ cut: () => ctx.res.destroy() }))
  }
  return knownChannels(ctx, channels, known, isAudit)
}

/** The same channels. One that names what does not exist is answered 400. */
export function knownChannels<T extends readonly Channel[] | undefined>(
  ctx: Context,
  channels: T,
  known: Known,
  mayAudit = false,
): T {
  const checked = checkChannels(channels ?? [], known, mayAudit)
  if (!checked.ok) ctx.throw(400, `channels: ${checked.error}`)
  return channels
}
