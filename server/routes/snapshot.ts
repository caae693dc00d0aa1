import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Context } from 'koa'
import { CompactSnapshot, LongTexts } from '../../shared/domain/compact-snapshot.ts'
import { type ChannelFacts, Snapshot } from '../../shared/domain/snapshot.ts'
import { encodingFor } from '../http/compress.ts'
import { corsHeaders } from '../http/cors.ts'
import type { CountRequest } from '../http/request-limit.ts'
import { route } from '../http/route.ts'
import { protective } from '../http/security-headers.ts'
import type { Current } from '../live/current.ts'
import type { Known } from '../live/known-channels.ts'
import type { Packed, PackedSnapshot } from '../live/snapshot.ts'
import { ChannelList, knownChannels } from './events.ts'

export type SnapshotRouteDeps = {
  current: Current
  channelFacts: ChannelFacts
  known: Known
  snapshot: () => PackedSnapshot
  countRequest: CountRequest
  viewToken: string | undefined
}

const snapshotRoute = { method: 'get', faults: [400], access: 'view' } as const

export const getSnapshot = route({
  ...snapshotRoute,
  path: '/api/snapshot',
  summary: 'All current state, of all channels or of some.',
  details: '`channels` is a list with commas. ETag, brotli and gzip.',
  query: { channels: ChannelList.optional() },
  answers: { 200: Snapshot, 304: null },
  async handle({ ctx, query }, deps: SnapshotRouteDeps) {
    const channels = knownChannels(ctx, query.channels, deps.known)
    const whole = deps.snapshot()
    if (channels !== undefined && !whole.hasNarrowed(channels)) await deps.countRequest(ctx)
    const wanted = channels === undefined ? whole : whole.narrowed(channels, deps.channelFacts)
    await answerPacked(ctx, wanted.whole(), deps)
  },
})

export const getCompactSnapshot = route({
  ...snapshotRoute,
  path: '/api/compact-snapshot',
  summary: 'The snapshot as pages take it: by columns, without most of its long texts.',
  details: 'A third of the bytes.',
  query: {},
  answers: { 200: CompactSnapshot, 304: null },
  handle: ({ ctx }, deps: SnapshotRouteDeps) => answerPacked(ctx, deps.snapshot().compact(), deps),
})

export const getCompactSnapshotTexts = route({
  ...snapshotRoute,
  path: '/api/compact-snapshot/texts',
  summary: 'The texts that a compact snapshot leaves out.',
  query: {},
  answers: { 200: LongTexts, 304: null },
  handle: ({ ctx }, deps: SnapshotRouteDeps) => answerPacked(ctx, deps.snapshot().texts(), deps),
})

/**
 * A browser asks each time whether its snapshot is the newest; a shared cache may give the same to all for a moment, as
 * each reader resumes from its `head`. What needs a token is for its reader alone.
 */
const headersOf = (packed: Packed, isGuarded: boolean): Record<string, string> => ({
  'Cache-Control': isGuarded ? 'private, no-cache' : 'public, max-age=0, s-maxage=2, must-revalidate',
  ETag: packed.etag,
})

async function answerPacked(ctx: Context, packed: Packed, { current, viewToken }: SnapshotRouteDeps): Promise<void> {
  ctx.set(headersOf(packed, viewToken !== undefined))
  ctx.vary('Accept-Encoding')
  if (!current.loaded) ctx.set('Cache-Control', 'no-store')
  ctx.status = 200
  if (ctx.fresh) {
    ctx.status = 304
    return
  }
  const encoding = encodingFor(ctx)
  if (encoding !== 'identity') ctx.set('Content-Encoding', encoding)
  ctx.type = 'json'
  ctx.body = await packed.body(encoding)
}

/** How today's browsers ask for brotli: without a weight. The application answers all who ask otherwise. */
const TAKES_BROTLI = /(^|[,\s])br\s*(,|$)/

/** A compact snapshot with all that is sent of it. Headers are lists of a name, its value, the next name and so on. */
type Ready = { packed: Packed; body: Buffer; headers: string[]; headersWithBody: string[] }

export type DirectSnapshotDeps = SnapshotRouteDeps & {
  allowedOrigins: readonly string[]
  isSimulated: () => boolean
  onRequest(route: string, status: number): void
}

/**
 * Answers `getCompactSnapshot` in brotli before anything else looks at the request: every page asks it first, and
 * thousands may at once. Every other request goes on to the application, which answers the same, only slower.
 */
export function answerSnapshotFirst(deps: DirectSnapshotDeps, application: RequestListener): RequestListener {
  let ready: Ready | undefined
  const cors = corsHeaders(getCompactSnapshot.path, {}, deps)

  async function prepare(packed: Packed): Promise<Ready> {
    const body = await packed.body('br')
    const headers = {
      ...protective,
      ...(deps.isSimulated() && { 'X-Nephoscope-Simulated': 'true' }),
      ...cors,
      ...headersOf(packed, false),
      Vary: [cors.Vary, 'Accept-Encoding'].filter(Boolean).join(', '),
    }
    const headersWithBody = {
      ...headers,
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Encoding': 'br',
      'Content-Length': String(body.length),
    }
    const flat = (all: object): string[] => Object.entries(all).flat()
    return { packed, body, headers: flat(headers), headersWithBody: flat(headersWithBody) }
  }

  function answer(made: Ready, request: IncomingMessage, response: ServerResponse): void {
    const isKnown = request.headers['if-none-match'] === made.packed.etag
    if (isKnown) response.writeHead(304, made.headers).end()
    else response.writeHead(200, made.headersWithBody).end(made.body)
    deps.onRequest(getCompactSnapshot.path, isKnown ? 304 : 200)
  }

  return (request, response) => {
    const { method, url, headers } = request
    const isOrdinary = headers['cache-control'] === undefined || headers['if-none-match'] === undefined
    const isMine =
      method === 'GET' &&
      url === getCompactSnapshot.path &&
      isOrdinary &&
      headers.origin === undefined &&
      TAKES_BROTLI.test(headers['accept-encoding'] ?? '')
    if (!isMine || deps.viewToken !== undefined || !deps.current.loaded) return application(request, response)
    const packed = deps.snapshot().compact()
    if (ready?.packed === packed) return answer(ready, request, response)
    prepare(packed)
      .then(made => {
        ready = made
        answer(made, request, response)
      })
      .catch(() => response.destroy())
  }
}
