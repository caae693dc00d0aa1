import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { pino } from 'pino'
import { toInstant } from '../shared/domain/primitives.ts'
import { parseEnvironment, SERVER_SECRETS } from '../shared/environment.ts'
import { exitOnError, onStop, refuse } from '../shared/process.ts'
import { indexArticles } from '../shared/redis/article-archive.ts'
import { noteConfigured } from '../shared/redis/configured.ts'
import { connectQueue, connectRedis, describeRedisError, untilReady } from '../shared/redis/connect.ts'
import { limitStream } from '../shared/redis/event-stream.ts'
import { indexIncidents } from '../shared/redis/incident-archive.ts'
import { ensureSchema } from '../shared/redis/migrate.ts'
import { writeSettings } from '../shared/redis/notices.ts'
import { writePushKey } from '../shared/redis/push-subscriptions.ts'
import type { OnInvalid } from '../shared/redis/records.ts'
import { redisTarget } from '../shared/redis/redis-settings.ts'
import { watchSchema } from '../shared/redis/schema-version.ts'
import { renewServiceIds } from '../shared/redis/service-ids.ts'
import { readSources } from '../shared/redis/timetable.ts'
import { countryOf, loadCatalogue } from '../shared/regions/catalogue.ts'
import { serviceMatcher } from '../shared/services/service-matcher.ts'
import { loadServices, versionOf } from '../shared/services/service-table.ts'
import { startTracing } from '../shared/trace.ts'
import { loadVendors } from '../shared/vendors/catalogue.ts'
import { configuredOf } from './config/configured.ts'
import { loadSources, type Sources, watchSources } from './config/sources-file.ts'
import { readers } from './formats/registry.ts'
import { createHttp, userAgent } from './http/http.ts'
import { reachAt } from './http/reach.ts'
import { vapidOf } from './notify/push/vapid.ts'
import { startNotify } from './notify/start.ts'
import { targetKinds } from './notify/targets/registry.ts'
import { worldOf } from './notify/world.ts'
import { MAX_IMAGE_BYTES } from './pictures/fetch-picture.ts'
import { startPictures } from './pictures/pictures.ts'
import { placeMatcher } from './places/places.ts'
import { poll } from './poll/poll.ts'
import { wakeMoved } from './poll/reconcile.ts'
import { namingBy } from './poll/resolve-services.ts'
import { startRollUp } from './poll/rollup.ts'
import { startSchedule } from './poll/schedule.ts'
import { startWebSub } from './poll/websub.ts'
import { createMeasure } from './probes/measure.ts'
import { Settings } from './settings.ts'

/** Right for `workers/main.ts` and for its bundle in `dist/`. */
const root = new URL('..', import.meta.url)

for (const name of SERVER_SECRETS) delete process.env[name]
const parsed = parseEnvironment(Settings, process.env)
if (!parsed.ok) refuse(parsed.error)
const settings = parsed.value
const log = pino({ level: settings.LOG_LEVEL, base: { role: 'workers' } })
exitOnError(log, describeRedisError)
const closeLater = onStop(log)

const tracing = await startTracing(settings.OTEL_EXPORTER_OTLP_ENDPOINT, 'nephoscope-workers', log)
closeLater(() => tracing.stop())
/** For the queues, where traces are on. */
const telemetry =
  settings.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
    ? undefined
    : new (await import('bullmq-otel')).BullMQOtel({ tracerName: 'nephoscope' })

const readText = (fileName: string) => readFile(fileName, 'utf8')
const target = await redisTarget(settings, readText)
if (!target.ok) refuse(target.error)
const catalogue = await loadCatalogue(new URL('shared/regions/', root)).catch((error: Error) => refuse(error.message))
const serviceCatalogue = await loadServices(new URL('shared/services/', root)).catch((error: Error) =>
  refuse(error.message),
)
const vendorCatalogue = await loadVendors(new URL('shared/vendors/', root)).catch((error: Error) =>
  refuse(error.message),
)
const { vendors } = vendorCatalogue
const known = { regions: catalogue.regions, services: serviceCatalogue, vendors, targets: targetKinds }
const load = () => loadSources(settings.NEPHOSCOPE_CONFIG, process.env, readText, known)
const config = await load()
if (!config.sources.ok) refuse(config.sources.error)
const { sources, notify } = config.sources.value

const connect = (name: string) => connectRedis(target.value, name, log)
const redis = connect('workers')
const blocked = connect('rollup')
await untilReady(redis)
const schema = await ensureSchema(redis, { say: line => log.info({}, line) })
if (!schema.ok) refuse(schema.error)
const schemaWatch = watchSchema(redis, refuse)
closeLater(() => schemaWatch.stop())
const onInvalid: OnInvalid = (what, key, why) =>
  log.warn({ what, key, why }, 'a stored record does not fit and is left out')
const now = Date.now
/** What cannot be written down now is found by the next worker that starts or takes a change. */
const auditSources = (taken: Sources) =>
  noteConfigured(redis, configuredOf(taken), { now: now(), keptDays: settings.RETENTION_DAYS }, onInvalid).catch(
    error => log.warn({ error: String(error) }, 'what the sources file changed could not be noted in the audit log'),
  )
const storeSettings = ({ simulated, stacks, walls, roundTrips }: Sources) =>
  writeSettings(redis, { simulated, stacks, walls, roundTrips }, toInstant(Date.now()))
await writePushKey(
  redis,
  settings.VAPID_PRIVATE_KEY === undefined ? null : vapidOf(settings.VAPID_PRIVATE_KEY, settings.PUBLIC_URL).publicKey,
)
await limitStream(redis, settings.STREAM_MB * 1024 * 1024)
await storeSettings(config.sources.value)
await auditSources(config.sources.value)
const indexed = { incidents: await indexIncidents(redis), articles: await indexArticles(redis) }
if (indexed.incidents + indexed.articles > 0) log.info(indexed, 'stored records were put in the order of time')
const services = {
  match: serviceMatcher(serviceCatalogue.values(), catalogue.regions.values()),
  version: versionOf(serviceCatalogue),
}
const named = await renewServiceIds(redis, services.version, namingBy(services.match))
if (named > 0) log.info({ records: named }, 'the services of stored records were named by the present catalogue')

const http = createHttp({ userAgent })
closeLater(() => http.close())
// Closes before http: a request that is cut short must not be committed as a failure of its source.
closeLater(() => redis.disconnect())
const deps = {
  trace: tracing.trace,
  telemetry,
  redis,
  http,
  measure: createMeasure({ userAgent }),
  probeFrom: settings.PROBE_FROM,
  readers,
  places: placeMatcher(catalogue.regions.values()),
  services,
  countryOf: countryOf(catalogue),
  keepEndedMs: settings.RETENTION_DAYS * 86_400_000,
  evidenceBytes: settings.EVIDENCE_MB * 1024 * 1024,
  now,
  random: Math.random,
  log,
  onInvalid,
}

let configured = new Map(sources.map(source => [source.id, source]))
/** What an address that a source leads to may reach. */
const reachFor = (id: string, address: string) => {
  const source = configured.get(id)
  return source && reachAt(address, source.url, source.isPrivate)
}
const ids = sources.map(({ id }) => id)
const stored = await readSources(redis, ids, onInvalid)
await wakeMoved(redis, sources, stored)
const schedule = await startSchedule({
  ...deps,
  connectQueue: name => connectQueue(target.value, name, log),
  sources,
  stored,
  beforeReconcile: () => watching.check(),
  poll: (source, dueAt) =>
    tracing.trace('poll', { 'nephoscope.source': source.id, 'nephoscope.kind': source.kind }, async add =>
      add({ 'nephoscope.outcome': await poll(source, dueAt, deps) }),
    ),
  host: hostname(),
})
closeLater(() => schedule.stop())
const watching = watchSources(config, {
  read: readText,
  load,
  async take(changed) {
    configured = new Map(changed.sources.map(source => [source.id, source]))
    schedule.replace(changed.sources)
    await storeSettings(changed)
    await auditSources(changed)
    await notifying.replace(changed.notify)
  },
  log,
})
closeLater(() => watching.stop())
const notifying = await startNotify(
  {
    ...deps,
    connect,
    connectQueue: name => connectQueue(target.value, name, log),
    world: worldOf(catalogue, serviceCatalogue, vendorCatalogue),
    publicUrl: settings.PUBLIC_URL,
    vapidKey: settings.VAPID_PRIVATE_KEY,
    insidePushHosts: settings.PRIVATE_PUSH_HOSTS,
  },
  notify,
)
closeLater(() => notifying.stop())
const rolling = startRollUp({ ...deps, blocked, regions: catalogue.regions })
closeLater(() => rolling.stop())
const pictures = startPictures({
  ...deps,
  reachFor,
  blocked: connect('pictures'),
  http: createHttp({ userAgent, maxBytes: MAX_IMAGE_BYTES, perHost: 1 }),
  maxBytes: settings.IMAGES_MB * 1024 * 1024,
})
closeLater(() => pictures.stop())
if (settings.PUBLIC_URL !== undefined) {
  const websub = startWebSub({ ...deps, reachFor, publicUrl: settings.PUBLIC_URL })
  closeLater(() => websub.stop())
}
log.info({ sources: sources.length }, 'workers are running')
