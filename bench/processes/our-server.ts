import { createServer, type Server } from 'node:http'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { openLimit } from '../../server/http/admission.ts'
import { currentState } from '../../server/live/current.ts'
import { directWritesHold } from '../../server/live/fanout/direct-check.ts'
import { knownNames } from '../../server/live/known-channels.ts'
import { snapshotCache } from '../../server/live/snapshot.ts'
import { type Live, type LiveDeps, serveSockets } from '../../server/live/sockets.ts'
import { serveStreams } from '../../server/live/streams.ts'
import { tell } from '../../server/live/tell.ts'
import { defaultSettings } from '../../shared/domain/notice.ts'
import { emptyView } from '../../shared/domain/view.ts'
import { countryOf, loadCatalogue } from '../../shared/regions/catalogue.ts'
import { serveBroadcasts } from '../support/broadcast-server.ts'
import { thousandStacks } from '../support/thousand-stacks.ts'

/** The project's own sockets, composed as in server/main.ts; events are handed over as the tail does. 'stacks': with a thousand stacks; 'streams': to Server-Sent Events instead. */
const http = createServer()
const catalogue = await loadCatalogue(new URL('../../shared/regions/', import.meta.url))
const current = currentState()
const isOfStacks = process.argv[2] === 'stacks'
current.replace({ ...emptyView(), settings: { ...defaultSettings, stacks: isOfStacks ? [...thousandStacks] : [] } })
const now = Date.now
const log = pino({ level: 'warn' })
const redis = new Redis({ lazyConnect: true }) // only clients that resume need it
const deps = {
  http,
  redis,
  screens: { serve: () => {} },
  current,
  snapshot: snapshotCache({ current, catalogue, build: 'bench', heartbeat: { workersAt: null }, now }),
  pulse: () => ({
    at: new Date(now()).toISOString(),
    head: current.view.head,
    workersAt: null,
    comeBackWithinMs: 1_000,
  }),
  known: knownNames({ catalogue, services: new Map(), vendors: new Map(), current }),
  channelFacts: { countryOf: countryOf(catalogue), stacksOf: current.stacks.of },
  build: 'bench',
  access: { isGuarded: false, identify: async () => null, identifyPerson: async () => null, may: () => false },
  allowedOrigins: [],
  isKnownHost: () => true,
  trustedProxies: 0,
  connections: () => ({ ok: true, value: true }),
  open: openLimit(0),
  wrongTokens: { limit: () => ({ ok: true, value: true }), trustedProxies: 0 },
  direct: await directWritesHold(),
  onFlood: () => {},
  onSlow: () => {},
  onResume: () => {},
  now,
  log,
  onInvalid: (what: string, key: string, why: string) => log.warn({ what, key, why }),
} satisfies LiveDeps
const live = process.argv[2] === 'streams' ? streamsOn(http) : serveSockets(deps)

/** Without the route around it, whose work ends when the answer begins. */
function streamsOn(server: Server): Live {
  const streams = serveStreams({ ...deps, random: Math.random })
  server.on('request', (_request, answer) => {
    answer.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' }).flushHeaders()
    streams.open(answer, ['all'], undefined)
  })
  return streams
}

await serveBroadcasts(http, event => {
  tell([event], current, [live])
})
