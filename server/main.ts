import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { z } from 'zod'
import type { Pulse } from '../shared/domain/events.ts'
import { parseEnvironment } from '../shared/environment.ts'
import { endOnError, onStop, refuse } from '../shared/process.ts'
import { indexArticles } from '../shared/redis/article-archive.ts'
import { connectRedis, redisTrouble, untilReady } from '../shared/redis/connect.ts'
import { readIncident } from '../shared/redis/incident-archive.ts'
import { ensureSchema } from '../shared/redis/migrate.ts'
import { withdrawNotice } from '../shared/redis/notices.ts'
import type { OnInvalid } from '../shared/redis/records.ts'
import { redisTarget } from '../shared/redis/redis-settings.ts'
import { watchSchema } from '../shared/redis/schema-version.ts'
import { bringForward } from '../shared/redis/timetable.ts'
import { countryOf as countries, loadCatalogue } from '../shared/regions/catalogue.ts'
import { loadPops } from '../shared/regions/pops.ts'
import { minuteLimit } from './http/admission.ts'
import { createApp } from './http/app.ts'
import { openLimit } from './http/limits.ts'
import { serverMetrics } from './http/metrics.ts'
import { pages } from './http/pages.ts'
import { baseUrl, baseUrlIfKnown } from './http/request.ts'
import { measuredOrigins } from './http/security-headers.ts'
import { snapshotFirst } from './http/snapshot-first.ts'
import { currentState } from './live/current.ts'
import { expireNotices } from './live/expire-notices.ts'
import { directWritesHold } from './live/fanout/direct-check.ts'
import { freshSources } from './live/fresh-sources.ts'
import { watchSigns } from './live/heartbeat.ts'
import { comeBackWithinMs } from './live/intake.ts'
import { snapshotCache } from './live/snapshot.ts'
import { serveSockets } from './live/sockets.ts'
import { serveStreams } from './live/streams.ts'
import { startTail } from './live/tail.ts'
import { adminRoutes } from './routes/admin.ts'
import { apiRoutes } from './routes/api.ts'
import { probeRoutes } from './routes/health.ts'
import { hookRoutes } from './routes/hooks.ts'
import { outwardRoutes } from './routes/outward.ts'
import { pairingRoutes } from './routes/pairing.ts'
import { serveScreens } from './screens/serve-screens.ts'
import { Settings } from './settings.ts'

/** How often every client gets a sign of life, in ms. */
const PULSE_MS = 5_000
/** Wrong tokens that one address may give in a minute. */
const WRONG_TOKENS = 30
/** Codes for screens that one address may ask for in a minute. */
const CODES_PER_MINUTE = 10
/** Connections that may wait to be accepted, where the system allows so many: one too many is tried again only after a second. */
const KNOCKING = 4_096
/** Requests under way may take this long to end when the server stops, in ms. */
const DRAIN_MS = 1_500

/** Holds for `server/main.ts` and for the bundle in `dist/` alike. */
const root = new URL('..', import.meta.url)

/** Tells those who follow, lets requests under way end, and cuts what is left: who is gone without a word never says goodbye. */
async function drain(everybody: { close(): Promise<void> }[], server: Server): Promise<void> {
  const closed = Promise.all(everybody.map(followers => followers.close()))
  server.closeIdleConnections()
  await Promise.race([closed, sleep(DRAIN_MS)])
  server.closeAllConnections()
}

const parsed = parseEnvironment(Settings, process.env)
if (!parsed.ok) refuse(parsed.error)
const settings = parsed.value
const target = await redisTarget(settings, fileName => readFile(fileName, 'utf8'))
if (!target.ok) refuse(target.error)
const log = pino({ level: settings.LOG_LEVEL, base: { role: 'server' } })
endOnError(log, redisTrouble)
const closeLater = onStop(log)
const catalogue = await loadCatalogue(new URL('shared/regions/', root)).catch((error: Error) => refuse(error.message))
const pops = await loadPops(new URL('shared/regions/pops/', root)).catch((error: Error) => refuse(error.message))
const countryOf = countries(catalogue)
const build = await readFile(new URL('dist/build.json', root), 'utf8').then(
  text => z.object({ build: z.string() }).parse(JSON.parse(text)).build,
  () => 'unbuilt',
)

const direct = await directWritesHold()
if (!direct)
  log.warn(
    'events cannot be written straight to the sockets of these versions; socket.io sends them, at twice the cost',
  )

const redis = connectRedis(target.value, 'server', log)
const blocked = connectRedis(target.value, 'tail', log)
const subscriber = connectRedis(target.value, 'screens', log)
const onInvalid: OnInvalid = (what, key, why) =>
  log.warn({ what, key, why }, 'a stored record does not fit and is left out')
const now = Date.now

const current = currentState()
const signs = watchSigns(redis, log)
const pulse = (): Pulse => ({
  at: new Date(now()).toISOString(),
  head: current.view.head,
  workersAt: signs.workersAt,
  comeBackWithinMs: comeBackWithinMs(live.connected() + streams.connected()),
})
const snapshot = snapshotCache({ current, catalogue, build, signs, now })
const ready = () => current.loaded && tail.healthy()
const metrics = serverMetrics({
  current,
  ready,
  connected: () => live.connected(),
  streams: () => streams.connected(),
  screens: () => screens.connected(),
  workersAt: () => signs.workersAt,
  now,
})
const wrongTokens = { limit: minuteLimit(WRONG_TOKENS, now), trustedProxies: settings.TRUST_PROXY }
const connections = minuteLimit(settings.HANDSHAKES_PER_MINUTE, now)
const open = openLimit(settings.CONNECTIONS_PER_ADDRESS)
const following = { redis, current, snapshot, pulse, countryOf, onResume: metrics.resumed, now, log, onInvalid }
const streams = serveStreams({ ...following, random: Math.random })
const tokens = { viewToken: settings.VIEW_TOKEN, adminToken: settings.ADMIN_TOKEN }
const screens = serveScreens({ ...following, ...tokens, subscriber, wrongTokens })
const standing = () => ({ view: current.view, catalogue, workersAt: signs.workersAt, now: now() })
const app = createApp({
  api: apiRoutes({
    ...following,
    catalogue,
    pops,
    viewToken: settings.VIEW_TOKEN,
    keptDays: settings.RETENTION_DAYS,
    signs,
    streams,
    connections,
    open,
    allowedOrigins: settings.ALLOWED_ORIGINS,
    trustedProxies: settings.TRUST_PROXY,
    sources: freshSources({ redis, told: () => current.view.sources, now, log, onInvalid }),
    canPollNow: settings.ADMIN_TOKEN !== undefined,
  }),
  admin: adminRoutes({
    ...following,
    ...tokens,
    wrongTokens,
    screens,
    pollNow: id => bringForward(redis, [id]),
  }),
  outward: outwardRoutes({
    current,
    catalogue,
    countryOf,
    base: baseUrl(settings.PUBLIC_URL, settings.TRUST_PROXY),
    standing,
    now,
  }),
  probes: probeRoutes({ ready, metrics: metrics.registry }),
  hooks: hookRoutes({ redis, wrongTokens, onPush: metrics.pushed, now, log, onInvalid }),
  pairing: pairingRoutes({ redis, screens, ...tokens, codes: minuteLimit(CODES_PER_MINUTE, now), wrongTokens, now }),
  pages: pages({
    document: await readFile(new URL('dist/client/index.html', root), 'utf8').catch(() => null),
    standing: () => (current.loaded ? standing() : null),
    findIncident: id => readIncident(redis, id, onInvalid),
    base: baseUrlIfKnown(settings.PUBLIC_URL, settings.TRUST_PROXY),
    guarded: settings.VIEW_TOKEN !== undefined,
    measured: () => measuredOrigins(current.view),
  }),
  clientDir: fileURLToPath(new URL('dist/client', root)),
  ...tokens,
  screens: screens.admitted,
  wrongTokens,
  simulated: () => current.view.office.simulated,
  onRequest: metrics.request,
  log,
})
const http = createServer(
  { maxHeaderSize: 16 * 1024, headersTimeout: 5_000, requestTimeout: 15_000, connectionsCheckingInterval: 1_000 },
  snapshotFirst(
    {
      snapshot,
      loaded: () => current.loaded,
      guarded: settings.VIEW_TOKEN !== undefined,
      simulated: () => current.view.office.simulated,
      onRequest: metrics.request,
    },
    app.callback(),
  ),
)
http.maxConnections = settings.MAX_CONNECTIONS
const live = serveSockets({
  ...following,
  http,
  direct,
  onSlow: metrics.slow,
  onFlood: metrics.flooded,
  build,
  viewToken: settings.VIEW_TOKEN,
  allowedOrigins: settings.ALLOWED_ORIGINS,
  trustedProxies: settings.TRUST_PROXY,
  connections,
  open,
  wrongTokens,
  screens,
})
/** Everybody who follows, over either transport. */
const everybody = [live, streams]

http.on('error', (error: NodeJS.ErrnoException) =>
  refuse(
    error.code === 'EADDRINUSE'
      ? `Port ${settings.PORT} is taken: stop what uses it, or choose another with PORT`
      : error.message,
  ),
)
http.listen({ port: settings.PORT, host: settings.HOST, backlog: KNOCKING }, () =>
  log.info({ host: settings.HOST, port: settings.PORT, build }, 'listening'),
)

await untilReady(redis)
const schema = await ensureSchema(redis, { say: line => log.info({}, line) })
if (!schema.ok) refuse(schema.error)
const schemaWatch = watchSchema(redis, refuse)
closeLater(() => schemaWatch.stop())
await indexArticles(redis)
const tail = startTail({
  blocked,
  onView(view, newest) {
    const again = current.loaded
    current.replace(view, newest)
    log.info({ head: view.head, incidents: view.incidents.size, articles: view.articles.size }, 'view loaded')
    if (again) for (const followers of everybody) followers.reset('rebuilt')
  },
  onEvents(events) {
    current.apply(events)
    for (const followers of everybody) followers.deliver(events)
    metrics.eventsApplied(events.length)
  },
  log,
  onInvalid,
})

const expiring = expireNotices({
  notices: () => current.view.notices.values(),
  withdraw: id => withdrawNotice(redis, id, now(), onInvalid),
  now,
  log,
})
const pulsing = setInterval(() => {
  for (const followers of everybody) followers.pulse()
}, PULSE_MS)
closeLater(() => redis.disconnect())
closeLater(() => drain(everybody, http))
closeLater(() => tail.stop())
closeLater(() => screens.stop())
closeLater(() => {
  signs.stop()
  expiring.stop()
  clearInterval(pulsing)
})
