import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Article } from '../../shared/domain/article.ts'
import type { EventDraft } from '../../shared/domain/events.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import { toInstant } from '../../shared/domain/primitives.ts'
import type { Source } from '../../shared/domain/source.ts'
import { commitPoll } from '../../shared/redis/commit-poll.ts'
import { keys } from '../../shared/redis/keys.ts'
import { newPollState } from '../../shared/redis/poll-state.ts'
import { simulatedSources } from '../../test/simulator/sources.ts'
import { incident, source } from '../../test/support/builders.ts'
import { type Stack, startStack } from '../../test/support/stack.ts'
import { until } from '../../test/support/temporary-redis.ts'
import { ago, times } from './measuring.ts'

/** The id of a source that is never read: the benchmark writes its records, as a poll does. */
const SOURCE = 'bench'
const PROVIDER = 'azure'
const regions = [
  'westeurope',
  'northeurope',
  'eastus',
  'eastus2',
  'japaneast',
  'brazilsouth',
  'uksouth',
  'koreacentral',
]
const regionOf = (n: number): string => `${PROVIDER}/${regions[n % regions.length]}`

/** A stack with so many records of a source that the benchmark writes; other sources are polled once an hour. */
export async function startBusyStack(
  incidents: number,
  articles: number,
): Promise<{ stack: Stack; writer: SourceWriter }> {
  const stack = await startStack({ story: 'road', every: '1h' })
  try {
    await stack.ready()
    await stack.workers.stop()
    const bench = `  - { id: ${SOURCE}, kind: statuspage, provider: azure, url: 'http://127.0.0.1:9/', every: 1h }`
    const sources = simulatedSources(stack.simulator.url, { every: '1h' })
    await stack.configure(sources.replace(/^sources:\n/m, `$&${bench}\n`))
    stack.workers.start()
    const isStored = async () => (await fetch(`${stack.url}/api/sources/${SOURCE}`)).ok
    await until(isStored, 'the source', 60)
    await sleep(5_000) // its only poll has failed by then
    const writer = sourceWriter(stack.redis.redis)
    await writer.seed(incidents, articles)
    // records that were written without events are loaded by a server that starts
    await stack.server.stop()
    stack.server.start()
    await stack.ready()
    return { stack, writer }
  } catch (error) {
    await stack.close()
    throw error
  }
}

export type SourceWriter = {
  seed(incidents: number, articles: number): Promise<void>
  /** Gives the worst incident, the first on every page, a title with this number. */
  mark(number: number): Promise<void>
  change(): Promise<void>
  /** Opens a critical incident in a region of the office, or resolves the one that is open. */
  alternateCritical(): Promise<void>
}

function sourceWriter(redis: Redis): SourceWriter {
  let changes = 0
  let known = 0
  let alternations = 0
  return {
    async seed(incidents, articles) {
      known = incidents
      const upserts = {
        incidents: [worst(0), ...times(incidents - 1, n => incidentOf(n + 1, 0))],
        articles: times(articles, articleOf),
      }
      await write(redis, upserts, [])
    },
    async mark(number) {
      const data = worst(number)
      await write(redis, { incidents: [data], articles: [] }, [draft('incident.updated', data)])
    },
    async change() {
      const n = changes++
      if (n % 5 === 0) {
        const data = articleOf(-n - 1)
        await write(redis, { incidents: [], articles: [data] }, [draft('article.published', data)])
      } else {
        const data = incidentOf(1 + (n % (known - 1)), n)
        await write(redis, { incidents: [data], articles: [] }, [draft('incident.updated', data)])
      }
    },
    async alternateCritical() {
      const n = alternations++
      const over = n % 2 === 1
      const data = criticalOf((n - (n % 2)) / 2, over)
      const event = draft(over ? 'incident.resolved' : 'incident.opened', data)
      await write(redis, { incidents: [data], articles: [] }, [event])
    },
  }
}

const worst = (number: number): Incident =>
  incident(`${SOURCE}/worst`, {
    provider: PROVIDER,
    title: `Everything fails, mark ${number}.`,
    impact: 'critical',
    regions: [regionOf(0)],
    startedAt: ago(1),
    updatedAt: ago(0),
  })

const criticalOf = (n: number, over: boolean): Incident =>
  incident(`${SOURCE}/flare-${n}`, {
    provider: PROVIDER,
    title: `Everything fails here, case ${n}`,
    impact: 'critical',
    status: over ? 'resolved' : 'investigating',
    resolvedAt: over ? ago(0) : null,
    regions: [regionOf(0)],
    startedAt: ago(1),
    updatedAt: ago(0),
  })

const incidentOf = (n: number, change: number): Incident =>
  incident(`${SOURCE}/case-${n}`, {
    provider: PROVIDER,
    title: `Requests fail for some, case ${n}, seen ${change} times`,
    impact: n % 3 === 0 ? 'minor' : 'none',
    regions: [regionOf(n)],
    startedAt: ago(30 + n),
    updatedAt: ago(0),
  })

const articleOf = (n: number): Article => ({
  id: `${SOURCE}/article-${n}`,
  title: `A new zone has opened, part ${n}`,
  url: `https://news.example.com/${n}`,
  summary: 'It stands near Amsterdam, runs on wind and has room for a while.',
  publishedAt: ago(Math.max(0, n)),
  updatedAt: null,
  author: null,
  image: null,
  topics: ['datacenters'],
  regions: [regionOf(n < 0 ? -n : n)],
  countries: ['NL'],
  providers: [PROVIDER],
  language: 'en',
})

const draft = <T extends EventDraft['type']>(type: T, data: Extract<EventDraft, { type: T }>['data']): EventDraft =>
  // the pair of type and data is right by the signature; the compiler does not follow it through the union
  ({ type, at: toInstant(Date.now()), channels: ['all'], data }) as EventDraft

async function write(
  redis: Redis,
  upserts: { incidents: Incident[]; articles: Article[] },
  events: EventDraft[],
): Promise<void> {
  const ids = await commitPoll(redis, {
    version: Number((await redis.hget(keys.versions, SOURCE)) ?? 0),
    answeredPush: null,
    state: newPollState('http://127.0.0.1:9/'),
    source: health(),
    delayMs: 3_600_000,
    upserts: { ...upserts, components: [] },
    removals: { incidents: [], components: [], articles: [] },
    articlesFrom: ago(60 * 24 * 90),
    events,
    ledger: [],
  })
  if (ids === null) throw new Error('somebody else wrote the same source')
}

const health = (): Source => source(SOURCE, { provider: PROVIDER, lastPollAt: ago(0), lastOkAt: ago(0) })
