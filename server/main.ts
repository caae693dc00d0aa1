import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { z } from 'zod'
import type { RecordId } from '../shared/domain/primitives.ts'
import { tellsAll, tellsPublic } from '../shared/domain/private-words.ts'
import type { ChannelFacts } from '../shared/domain/snapshot.ts'
import { parseEnvironment } from '../shared/environment.ts'
import { exitOnError, onStop, refuse } from '../shared/process.ts'
import { indexArticles } from '../shared/redis/article-archive.ts'
import { connectRedis, describeRedisError, untilReady } from '../shared/redis/connect.ts'
import { readIncident } from '../shared/redis/incident-archive.ts'
import { ensureSchema } from '../shared/redis/migrate.ts'
import { withdrawNotice } from '../shared/redis/notices.ts'
import { keepPushSubscriptionsOf } from '../shared/redis/push-subscriptions.ts'
import type { OnInvalid } from '../shared/redis/records.ts'
import { redisTarget } from '../shared/redis/redis-settings.ts'
import type { RedisAddress } from '../shared/redis/redis-url.ts'
import { watchSchema } from '../shared/redis/schema-version.ts'
import { bringForward } from '../shared/redis/timetable.ts'
import { countryOf as countries, loadCatalogue } from '../shared/regions/catalogue.ts'
import { loadPops } from '../shared/regions/pops.ts'
import { loadServices } from '../shared/services/service-table.ts'
import { idsOf, startTracing } from '../shared/trace.ts'
import { loadVendors, slimVendors, vendorFacts } from '../shared/vendors/catalogue.ts'
import { accessOf } from './access/access.ts'
import { auditLog } from './access/audit-log.ts'
import { channelKeys as serveChannelKeys } from './access/channel-keys.ts'
import { identityProvider } from './access/identity-provider.ts'
import { peopleSessions } from './access/sessions.ts'
import { signer as storeSigner } from './access/signer.ts'
import { accessTokens } from './access/tokens.ts'
import { minuteLimit, openLimit } from './http/admission.ts'
import { createApp, createPartialApp } from './http/app.ts'
import { basePathOf, baseUrl, baseUrlIfKnown, serveUnder } from './http/base-url.ts'
import { cors } from './http/cors.ts'
import { demandHost, knownHosts } from './http/known-hosts.ts'
import { drain, httpServer, listen } from './http/listener.ts'
import { mapHosts } from './http/mapped-hosts.ts'
import { requestLimit } from './http/request-limit.ts'
import { routerOf } from './http/route.ts'
import { measuredOrigins } from './http/security-headers.ts'
import { currentState } from './live/current.ts'
import { directWritesHold } from './live/fanout/direct-check.ts'
import { pulseOf, watchHeartbeat } from './live/heartbeat.ts'
import { knownNames } from './live/known-channels.ts'
import { snapshotCache } from './live/snapshot.ts'
import { serveSockets } from './live/sockets.ts'
import { serveStreams } from './live/streams.ts'
import { startTail } from './live/tail.ts'
import { tell } from './live/tell.ts'
import { cardPictures } from './outward/card-pictures.ts'
import { queuePages } from './queues/queue-pages.ts'
import * as routes from './routes/all.ts'
import { guard } from './routes/guard.ts'
import { serverMetrics } from './routes/health.ts'
import { expireNotices } from './routes/notices.ts'
import { clientFiles, pages } from './routes/pages.ts'
import { rightOf } from './routes/push.ts'
import type { SignIn } from './routes/sign-in.ts'
import { answerSnapshotFirst } from './routes/snapshot.ts'
import { freshSources } from './routes/sources.ts'
import { admittedScreens } from './screens/admitted-screens.ts'
import { serveScreens } from './screens/screen-controller.ts'
import { Settings } from './settings.ts'

const PULSE_INTERVAL_MS = 5_000
/** Wrong tokens that one address may give in a minute. */
const MAX_WRONG_TOKENS = 30
/** Codes for screens that one address may ask for in a minute. */
const MAX_CODES = 10
/** Connections that METRICS_PORT holds. */
const MAX_SCRAPERS = 100
/** Times that one address may begin or end to sign in, in a minute; an office may share one. */
const MAX_SIGN_INS = 60
/** Browsers that one address may subscribe in a minute. */
const MAX_SUBSCRIPTIONS = 20

/** The root of the project, for `server/main.ts` and for the bundle in `dist/` alike. */
const root = new URL('..', import.meta.url)

const parsed = parseEnvironment(Settings, process.env)
if (!parsed.ok) refuse(parsed.error)
const settings = parsed.value
const targetAt = async (address: RedisAddress) => {
  const target = await redisTarget({ ...settings, REDIS_URL: address }, fileName => readFile(fileName, 'utf8'))
  return target.ok ? target.value : refuse(target.error)
}
const target = await targetAt(settings.REDIS_URL)
const replica = settings.REDIS_REPLICA_URL && (await targetAt(settings.REDIS_REPLICA_URL))
const log = pino({ level: settings.LOG_LEVEL, base: { role: 'server' } })
exitOnError(log, describeRedisError)
const closeLater = onStop(log)
const tracing = await startTracing(settings.OTEL_EXPORTER_OTLP_ENDPOINT, 'nephoscope-server', log)
closeLater(() => tracing.stop())
const catalogue = await loadCatalogue(new URL('shared/regions/', root)).catch((error: Error) => refuse(error.message))
const pops = await loadPops(new URL('shared/regions/pops/', root)).catch((error: Error) => refuse(error.message))
const serviceCatalogue = await loadServices(new URL('shared/services/', root)).catch((error: Error) =>
  refuse(error.message),
)
const vendorList = await loadVendors(new URL('shared/vendors/', root)).catch((error: Error) => refuse(error.message))
const countryOf = countries(catalogue)
const build = await readFile(new URL('dist/build.json', root), 'utf8').then(
  text => z.object({ build: z.string() }).parse(JSON.parse(text)).build,
  () => 'unbuilt',
)

const isDirect = await directWritesHold()
if (!isDirect)
  log.warn(
    'events cannot be written straight to the sockets of these versions; socket.io sends them, at twice the cost',
  )

const redis = connectRedis(target, 'server', log)
const blocked = connectRedis(replica ?? target, 'tail', log)
const subscriber = connectRedis(target, 'screens', log)
const onInvalid: OnInvalid = (what, key, why) =>
  log.warn({ what, key, why }, 'a stored record does not fit and is left out')
const now = Date.now

const trustedProxies = settings.TRUST_PROXY
const viewToken = settings.VIEW_TOKEN
const basePath = basePathOf(settings.PUBLIC_URL)
const isKnownHost = knownHosts({
  listening: settings.HOST,
  allowed: settings.ALLOWED_HOSTS,
  publicUrl: settings.PUBLIC_URL,
  mapped: settings.STATUSPAGE_HOSTS.keys(),
})
const isGuarded = viewToken !== undefined
/** What is known of the world beside the stacks. */
const world = { services: serviceCatalogue, vendors: vendorList.vendors, ...vendorFacts(vendorList) }
const current = currentState(world, settings.PRIVATE_WORDS === 'hidden' ? tellsPublic : tellsAll)
const known = knownNames({ catalogue, ...world, current })
/** The stacks of the settings, which may change. */
const channelFacts: ChannelFacts = {
  countryOf,
  get stacksOf() {
    return current.stacks.of
  },
}
const isReady = () => current.loaded && tail.isHealthy()
const isSimulated = () => current.view.settings.simulated
const heartbeat = watchHeartbeat(redis, log)
const facts = () => ({
  view: current.view,
  catalogue,
  workersAt: heartbeat.workersAt,
  now: now(),
  stackFacts: current.stacks.facts,
  names: world,
})
const sources = freshSources({
  redis,
  fromEvents: () => current.view.sources,
  tells: current.tells,
  now,
  log,
  onInvalid,
})
const snapshot = snapshotCache({ current, catalogue, build, heartbeat, now })
const metrics = serverMetrics({
  current,
  isReady,
  connected: () => live.connected(),
  streams: () => streams.connected(),
  screens: () => screens.connected(),
  workersAt: () => heartbeat.workersAt,
  now,
  async clouds() {
    const stored = await sources()
    return current.loaded ? { ...facts(), stacksOf: current.stacks.of.incidents, sources: stored.values() } : null
  },
})
const tokens = accessTokens({ redis, now, log, onInvalid })
const admitted = admittedScreens(redis)
const wrongTokens = { limit: minuteLimit(MAX_WRONG_TOKENS, now), trustedProxies }
const adminToken = settings.ADMIN_TOKEN
const signIn = signInOf(settings)
const access = accessOf({ viewToken, adminToken, admitted, tokens, sessions: signIn?.sessions, wrongTokens })
const common = {
  redis,
  current,
  snapshot,
  countryOf,
  channelFacts,
  known,
  viewToken,
  adminToken,
  access,
  wrongTokens,
  connections: minuteLimit(settings.HANDSHAKES_PER_MINUTE, now),
  open: openLimit(settings.CONNECTIONS_PER_ADDRESS),
  allowedOrigins: settings.ALLOWED_ORIGINS,
  isKnownHost,
  trustedProxies,
  pulse: () => pulseOf(current.view.head, heartbeat, live.connected() + streams.connected(), now()),
  onResume: metrics.resumed,
  now,
  log,
  onInvalid,
}
const findIncident = async (id: RecordId) => {
  const incident = await readIncident(redis, id, onInvalid)
  return incident && current.tells(incident) ? incident : undefined
}
const signer = storeSigner(redis)
const channelKeys = serveChannelKeys({ ...common, signer })
const reloadAccess = () =>
  Promise.all([signer.load(), channelKeys.reload(), tokens.reload(), signIn?.sessions.reload()])
const reloadAccessLater = () =>
  void reloadAccess().catch(error => log.warn({ error: String(error) }, 'whose keys are valid could not be read'))
const streams = serveStreams({ ...common, random: Math.random })
const screens = serveScreens({ ...common, subscriber, admitted, onAccess: reloadAccessLater })
const countRequest = requestLimit({ redis, perMinute: settings.REQUESTS_PER_MINUTE, trustedProxies })
const services = {
  ...common,
  countRequest,
  catalogue,
  regionFacts: catalogue.facts,
  pops,
  services: serviceCatalogue,
  vendorList: slimVendors(vendorList),
  heartbeat,
  facts,
  base: baseUrl(settings.PUBLIC_URL, trustedProxies),
  reached: baseUrl(undefined, trustedProxies),
  basePath,
  keptDays: settings.RETENTION_DAYS,
  sources,
  pollNow: (id: string) => bringForward(redis, [id]),
  signer,
  audit: auditLog({ redis, keptDays: settings.RETENTION_DAYS, now }),
  channelKeys,
  streams,
  screens,
  signIn,
  signIns: minuteLimit(MAX_SIGN_INS, now),
  codes: minuteLimit(MAX_CODES, now),
  subscriptions: minuteLimit(MAX_SUBSCRIPTIONS, now),
  isReady,
  metrics: metrics.registry,
  onPush: metrics.pushed,
  findIncident,
  cards: cardPictures({ now, log }),
  environment: process.env,
  isSimulated,
  onRequest: metrics.request,
}
const metricsPort = settings.METRICS_PORT
const admin = routerOf([...routes.adminRoutes, ...routes.accessRoutes, ...routes.screenRoutes], services)
const queues = queuePages({ ...services, connect: () => connectRedis(target, 'queues', log) })
const knownBase = baseUrlIfKnown(settings.PUBLIC_URL, trustedProxies)
/** Else others share the host, and whether it has TLS alone is theirs to say. */
const isOwnHost = basePath === ''
const app = createApp({
  hosts: mapHosts(settings.STATUSPAGE_HOSTS),
  health: routerOf([...routes.healthRoutes, ...(metricsPort === undefined ? routes.metricsRoutes : [])], services),
  hooks: routerOf(routes.hookRoutes, services),
  pairing: routerOf([...routes.pairingRoutes, ...routes.handlingRoutes, ...routes.signInRoutes], services),
  cors: cors({ ...common, isAdmins: path => admin.match(path, 'GET').route }),
  guard: guard(services),
  admin,
  api: routerOf([...routes.apiRoutes, ...routes.pushRoutes], services, { countRequest }),
  outward: routerOf(routes.outwardRoutes, services, { strict: false, countRequest }),
  queues: queues.serve,
  client: [
    pages({
      document: await readFile(new URL('dist/client/index.html', root), 'utf8').catch(() => null),
      facts: () => (current.loaded ? facts() : null),
      findIncident,
      base: knownBase,
      basePath,
      isGuarded,
      measuredOrigins: () => measuredOrigins(current.view, { isGuarded }),
    }),
    clientFiles(fileURLToPath(new URL('dist/client', root)), basePath),
  ],
  isOverTls: ctx => isOwnHost && knownBase(ctx)?.startsWith('https:') === true,
  isSimulated,
  onRequest: metrics.request,
  log,
})
const answer = answerSnapshotFirst(services, app.callback())
const http = httpServer(demandHost(isKnownHost, answer), settings.MAX_CONNECTIONS)
const live = serveSockets({
  ...common,
  http,
  screens,
  direct: isDirect,
  build,
  onSlow: metrics.slow,
  onFlood: metrics.flooded,
})
const followers = [live, streams]
serveUnder(basePath, http)

const host = settings.HOST
listen(
  http,
  { host, port: settings.PORT, setting: 'PORT' },
  { onListening: () => log.info({ host, port: settings.PORT, build }, 'listening'), refuse },
)
if (metricsPort !== undefined) {
  const open = routerOf(routes.metricsRoutes, { ...services, access: { ...access, isGuarded: false } })
  const apart = httpServer(demandHost(isKnownHost, createPartialApp(open, log).callback()), MAX_SCRAPERS)
  const onListening = () => log.info({ host, port: metricsPort }, 'metrics are listening')
  listen(apart, { host, port: metricsPort, setting: 'METRICS_PORT' }, { onListening, refuse })
  closeLater(() => drain([], apart))
}

await untilReady(redis)
const schema = await ensureSchema(redis, { say: line => log.info({}, line) })
if (!schema.ok) refuse(schema.error)
const schemaWatch = watchSchema(redis, refuse)
closeLater(() => schemaWatch.stop())
await indexArticles(redis)
await reloadAccess()
await keepPushSubscriptionsOf(redis, rightOf(viewToken, signer), onInvalid)
const tail = startTail({
  blocked,
  onView(view, newest) {
    const isReload = current.loaded
    current.replace(view, newest)
    log.info({ head: view.head, incidents: view.incidents.size, articles: view.articles.size }, 'view loaded')
    if (!isReload) return
    reloadAccessLater()
    for (const one of followers) one.reset('rebuilt')
  },
  onEvents(events) {
    tracing.trace('tail', idsOf(events), () => tell(events, current, followers, tracing.trace))
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
  for (const one of followers) one.pulse()
  tokens.cutExpired()
  signIn?.sessions.cutExpired()
}, PULSE_INTERVAL_MS)
closeLater(() => redis.disconnect())
closeLater(() => drain(followers, http))
closeLater(() => tail.stop())
closeLater(() => screens.stop())
closeLater(() => queues.close())
closeLater(() => {
  heartbeat.stop()
  expiring.stop()
  clearInterval(pulsing)
})

/** How people sign in; undefined where no provider of identities is set. */
function signInOf(given: Settings): SignIn | undefined {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_GROUPS_CLAIM, OIDC_ROLES, PUBLIC_URL } = given
  // the settings demand them together
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET || !OIDC_ROLES || !PUBLIC_URL) return undefined
  return {
    provider: identityProvider({
      issuer: OIDC_ISSUER,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      groupsClaim: OIDC_GROUPS_CLAIM,
      callback: `${PUBLIC_URL}/sign-in/callback`,
    }),
    sessions: peopleSessions({ redis, basePath, isSecure: PUBLIC_URL.startsWith('https:'), now, onInvalid }),
    roles: OIDC_ROLES,
    host: OIDC_ISSUER.host,
    publicUrl: PUBLIC_URL,
  }
}
