import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import type { Article } from '../../shared/domain/article.ts'
import type { EventDraft } from '../../shared/domain/events.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import { keys } from '../../shared/redis/keys.ts'
import { loadCatalogue } from '../../shared/regions/catalogue.ts'
import { incident } from '../../test/support/builders.ts'
import { ago } from './measuring.ts'

const INCIDENTS = 200
const ARTICLES = 500
const UPDATES = 3
const EVENTS_KEPT = 100_000

/** Words with the frequency of prose in random order: harder to compress than the texts of providers. */
const words = ['api', 'guarantees', 'operations', 'sources', 'benchmarks'].flatMap(
  name => readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8').match(/[A-Za-z]{2,}/g) ?? [],
)
const prose = (count: number): string =>
  Array.from({ length: count }, () => words[Math.floor(Math.random() * words.length)]).join(' ')
/** Fills a store as on a busy day: every region, 200 incidents with three entries, 500 articles with a paragraph. */
export async function seedBusyStore(redis: Redis): Promise<{ regions: number; incidents: number; articles: number }> {
  const catalogue = await loadCatalogue(new URL('../../shared/regions/', import.meta.url))
  const regions = [...catalogue.regions.values()]
  const regionOf = (n: number) => regions[(n * 7) % regions.length] ?? { id: '', provider: '', country: '' }
  const write = redis.pipeline()
  for (const [n, { id }] of regions.entries()) {
    const status: RegionStatus = {
      region: id,
      status: n % 12 === 0 ? 'degraded_performance' : 'operational',
      since: ago(n * 3),
      incidents: n % 12 === 0 ? [`bench/case-${n}`] : [],
      services: [],
      serviceCount: 0,
      whole: null,
      freshness: 'live',
      lastKnown: null,
    }
    write.hset(keys.statuses, id, JSON.stringify(status))
  }
  for (let n = 0; n < INCIDENTS; n++) {
    const { id, provider } = regionOf(n)
    const data = incident(`bench/case-${n}`, {
      provider,
      title: prose(9),
      regions: [id],
      services: [prose(2)],
      startedAt: ago(40 + n * 11),
      updatedAt: ago(n * 11),
      url: `https://status.example.com/incidents/${Math.random().toString(36).slice(2)}`,
      entries: Array.from({ length: UPDATES }, (_, k) => ({
        n: UPDATES - k,
        seenAt: ago(n * 11 + k * 13 - 1),
        saidAt: ago(n * 11 + k * 13),
        update: Math.random().toString(36).slice(2),
        status: 'monitoring' as const,
        text: prose(30),
      })),
    })
    write.hset(keys.incidents, data.id, JSON.stringify(data))
  }
  for (let n = 0; n < ARTICLES; n++) {
    const { id, provider, country } = regionOf(n)
    const data: Article = {
      id: `blog/${Math.random().toString(36).slice(2)}`,
      title: prose(10),
      url: `https://blog.example.com/${prose(6).toLowerCase().replaceAll(' ', '-')}`,
      summary: prose(40),
      publishedAt: ago(n * 17),
      updatedAt: null,
      author: null,
      image: null,
      topics: ['compute'],
      regions: n % 4 === 0 ? [id] : [],
      countries: n % 4 === 0 ? [country] : [],
      providers: [provider],
      language: 'en',
    }
    write.hset(keys.articles, data.id, JSON.stringify(data))
  }
  await write.exec()
  return { regions: regions.length, incidents: INCIDENTS, articles: ARTICLES }
}

/** Appends an event as a worker does, without its record. Returns its id. */
export async function appendEvent(redis: Redis, n: number): Promise<string> {
  const channels = ['all', 'sources']
  const event: EventDraft = { type: 'source.removed', at: ago(0), channels, data: { id: `gone-${n}` } }
  return String(await redis.xadd(keys.events, 'MAXLEN', '~', EVENTS_KEPT, '*', 'event', JSON.stringify(event)))
}
