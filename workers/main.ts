import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { pathToFileURL } from 'node:url'
import { pino } from 'pino'
import { toInstant } from '../shared/domain/primitives.ts'
import { parseEnvironment } from '../shared/environment.ts'
import { connectQueue, connectRedis, untilReady } from '../shared/redis/connect.ts'
import { writeOffice } from '../shared/redis/office.ts'
import type { OnInvalid } from '../shared/redis/records.ts'
import { ensureSchema } from '../shared/redis/schema-version.ts'
import { countryOf, loadCatalogue } from '../shared/regions/catalogue.ts'
import { onStop } from '../shared/stop.ts'
import { createHttp } from './http.ts'
import { poll } from './poll.ts'
import { startRollUp } from './rollup.ts'
import { startSchedule } from './schedule.ts'
import { Settings } from './settings.ts'
import { parseSources } from './source-config.ts'
import { placeMatcher } from './sources/places.ts'
import { readers } from './sources/registry.ts'

/** Holds for `workers/main.ts` and for the bundle in `dist/` alike. */
const root = new URL('..', import.meta.url)

function refuse(line: string): never {
  process.stderr.write(`${line}\n`)
  process.exit(2)
}

const parsed = parseEnvironment(Settings, process.env)
if (!parsed.ok) refuse(parsed.error)
const settings = parsed.value
const log = pino({ level: settings.LOG_LEVEL, base: { role: 'workers' } })
const closeLater = onStop(log)

const configFile = new URL(settings.NEPHOSCOPE_CONFIG, pathToFileURL(`${process.cwd()}/`))
const text = await readFile(configFile, 'utf8').catch((error: Error) =>
  refuse(`NEPHOSCOPE_CONFIG cannot be read: ${error.message}`),
)
const config = parseSources(text, settings.NEPHOSCOPE_CONFIG)
if (!config.ok) refuse(config.error)
const catalogue = await loadCatalogue(new URL('shared/regions/', root)).catch((error: Error) => refuse(error.message))

const connect = (name: string) => connectRedis(settings.REDIS_URL, name, log)
const redis = connect('workers')
const blocked = connect('rollup')
await untilReady(redis)
const schema = await ensureSchema(redis)
if (!schema.ok) refuse(schema.error)
await writeOffice(redis, { simulated: config.value.simulated, mine: config.value.mine }, toInstant(Date.now()))

const onInvalid: OnInvalid = (what, key, why) =>
  log.warn({ what, key, why }, 'a stored record does not fit and is left out')
const now = Date.now
const http = createHttp({
  allowPrivate: settings.ALLOW_PRIVATE_SOURCES,
  userAgent: 'Nephoscope/0.1 (status and news reader; +https://github.com/nephoscope/nephoscope)',
})
closeLater(() => http.close())
// Closed before http: a request that is cut short must not be committed as a failure of its source.
closeLater(() => redis.disconnect())
const deps = {
  redis,
  http,
  readers,
  places: placeMatcher(catalogue.regions.values()),
  countryOf: countryOf(catalogue),
  now,
  random: Math.random,
  log,
  onInvalid,
}

const schedule = await startSchedule({
  ...deps,
  connectQueue: name => connectQueue(settings.REDIS_URL, name, log),
  sources: config.value.sources,
  poll: (source, dueAt) => poll(source, dueAt, deps),
  host: hostname(),
})
closeLater(() => schedule.stop())
const rolling = startRollUp({ ...deps, blocked, regions: catalogue.regions })
closeLater(() => rolling.stop())
log.info({ sources: config.value.sources.length }, 'workers are running')
