import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { z } from 'zod'
import { HISTORY_DAYS } from '../../shared/domain/history.ts'
import { parseEnvironment } from '../../shared/environment.ts'
import { onStop } from '../../shared/process.ts'
import { connectRedis, untilReady } from '../../shared/redis/connect.ts'
import { RedisUrl } from '../../shared/redis/redis-url.ts'
import { parseSources } from '../../workers/config/source-config.ts'
import type { AccountPost } from './account-posts.ts'
import { newsroom } from './news/stories.ts'
import { replay } from './past/replay.ts'
import { type Surroundings, withPast } from './past/with-past.ts'
import { type Simulator, startSimulator } from './server.ts'
import { simulatedSources } from './sources.ts'
import { loadStory } from './story.ts'

const port = 'must be a port, or 0 for any free one'
const days = `must be a number of days from 0 to ${HISTORY_DAYS}`
const speed = 'must be a number above 0 and up to 1000'

/** How often the demo's sources are read. */
const intervals = { every: '2s', feedsEvery: '5s' }

/** The simulator as a process: plays a story for ever, and prints its address in one line of JSON. */
const Settings = z.object({
  SIMULATOR_PORT: z.coerce.number(port).int(port).min(0, port).max(65_535, port).default(0),
  SIMULATOR_STORY: z.string().default(() => storyFile('demo')),
  /** Where the sources file is written; unset: nowhere. */
  SIMULATOR_SOURCES: z.string().optional(),
  /** The Nephoscope that is told what clouds tell its account, and the secret of these posts; unset: nobody is told. */
  SIMULATOR_TELLS: z.url().optional(),
  SOURCE_SIMULATOR_SECRET: z.string().optional(),
  /** How many days of history the store at REDIS_URL is filled with, if it has none. */
  SIMULATOR_PAST: z.coerce.number(days).int(days).min(0, days).max(HISTORY_DAYS, days).default(0),
  REDIS_URL: z.string().optional(),
  /** Where the story waits for its cues; unset: it plays for ever. */
  SIMULATOR_CUES: z.coerce.number(port).int(port).min(1, port).max(65_535, port).optional(),
  SIMULATOR_SPEED: z.coerce.number(speed).positive(speed).max(1000, speed).default(1),
})

try {
  await main()
} catch (error) {
  console.error(`simulator: ${error instanceof Error ? error.message : error}`)
  process.exit(2)
}

async function main(): Promise<void> {
  const settings = parseEnvironment(Settings, process.env)
  if (!settings.ok) throw new Error(settings.error)
  const { SIMULATOR_PORT, SIMULATOR_STORY, SIMULATOR_SOURCES, SIMULATOR_SPEED } = settings.value
  const { SIMULATOR_TELLS, SOURCE_SIMULATOR_SECRET } = settings.value
  const onTold = (post: AccountPost): void => {
    if (SIMULATOR_TELLS !== undefined) void tellAccount(SIMULATOR_TELLS, SOURCE_SIMULATOR_SECRET ?? '', post)
  }
  const { SIMULATOR_PAST, REDIS_URL } = settings.value
  const story = loadStory(SIMULATOR_STORY)
  const told = SIMULATOR_PAST === 0 ? story : withPast(story, surroundings(), SIMULATOR_PAST, Date.now())
  const simulator = await startSimulator({ story: told, port: SIMULATOR_PORT, onTold, isDemo: SIMULATOR_PAST > 0 })
  if (SIMULATOR_PAST > 0 && REDIS_URL !== undefined) await fillStore(simulator, REDIS_URL)
  if (SIMULATOR_SOURCES !== undefined) {
    const demo = { ...intervals, hasTeams: true, messagesTo: await startConsole() }
    const account = SOURCE_SIMULATOR_SECRET === undefined ? {} : { accountSecret: 'SOURCE_SIMULATOR_SECRET' }
    writeFileSync(SIMULATOR_SOURCES, simulatedSources(simulator.url, { ...demo, ...account }))
  }
  const silent = { info: () => {}, error: (_: object, message: string) => console.error(`simulator: ${message}`) }
  onStop(silent)(() => simulator.close())
  const { SIMULATOR_CUES } = settings.value
  if (SIMULATOR_CUES === undefined) simulator.play({ speed: SIMULATOR_SPEED, loop: true })
  else await takeCues(simulator, SIMULATOR_CUES)
  console.log(JSON.stringify({ simulator: simulator.url }))
}

/** Gives the store the past of the simulated world, as if it had been watched all the time. */
async function fillStore({ url, applied }: Simulator, redisUrl: string): Promise<void> {
  const file = parseSources(simulatedSources(url, intervals), 'simulated.yaml')
  if (!file.ok) throw new Error(file.error)
  const redis = connectRedis({ address: RedisUrl.parse(redisUrl) }, 'simulator', pino({ level: 'silent' }))
  try {
    await untilReady(redis)
    await replay({
      redis,
      sources: file.value.sources,
      applied,
      origin: url,
      shared: inProject('shared/'),
      now: Date.now(),
    })
  } finally {
    redis.disconnect()
  }
}

/** Plays the story up to the time, in s, that each request names, and answers once it stands still there. */
async function takeCues(simulator: Simulator, port: number): Promise<void> {
  const cues = createServer(async (request, response) => {
    const until = z.number().parse(await json(request)) * 1000
    simulator.play({ until, onHeld: () => response.end() })
  })
  cues.listen(port, '127.0.0.1').unref()
  await once(cues, 'listening')
}

/** Posts as a cloud does to the source that waits for it. What cannot be posted is lost: the story goes on. */
async function tellAccount(server: string, secret: string, { on, body }: AccountPost): Promise<void> {
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
  const answer = await fetch(`${server}/hooks/in/our-${on}`, { method: 'POST', headers, body }).catch(() => undefined)
  await answer?.body?.cancel()
}

/** Takes messages as a webhook of Slack does, and shows their first line where the demo runs. @returns its address */
async function startConsole(): Promise<string> {
  const taking = createServer(async (request, response) => {
    const { text } = z
      .object({ text: z.string() })
      .catch({ text: '' })
      .parse(await json(request))
    console.error(`simulator: a message: ${text}`)
    response.end('ok')
  })
  taking.listen(0, '127.0.0.1').unref()
  await once(taking, 'listening')
  const address = taking.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`
}

function storyFile(name: string): string {
  return fileURLToPath(inProject(`test/simulator/stories/${name}.yaml`))
}

function surroundings(): Surroundings {
  return { today: loadStory(storyFile('today')), news: newsroom(storyFile('news')) }
}

/** A place in the project, seen from this file or from its bundle in dist/. */
function inProject(place: string): URL {
  const found = ['../../', '../'].map(root => new URL(root + place, import.meta.url)).find(existsSync)
  if (!found) throw new Error(`${place} is not in its place`)
  return found
}
