import RssParser from 'rss-parser'
import { loadCatalogue } from '../shared/regions/catalogue.ts'
import { readers } from '../workers/formats/registry.ts'
import { placeMatcher } from '../workers/places/places.ts'
import { type Payload, payloads } from './read/payloads.ts'
import { sayWhenBusy } from './support/busy.ts'
import { median, rounded } from './support/figures.ts'

/** How fast answers become records, and our feed reader beside the bare rss-parser on the same bytes. */

/** What is read before anything counts, in bytes: workers read for days, and by compiled code. */
const WARM_UP_BYTES = 20e6
const ROUNDS = 20
const warmUpOf = ({ body }: Payload): number => Math.ceil(WARM_UP_BYTES / body.length)

const catalogue = await loadCatalogue(new URL('../shared/regions/', import.meta.url))
const places = placeMatcher(catalogue.regions.values())
const now = Date.UTC(2026, 10, 24, 12)
const all = payloads()
sayWhenBusy()

const mbPerSecond: Record<string, number> = {}
for (const payload of all) {
  const seconds = await secondsOf(() => read(payload), warmUpOf(payload))
  mbPerSecond[payload.name] = rounded(payload.body.length / 1e6 / median(seconds), 1)
  console.log(`  ${payload.name.padEnd(20)} ${mbPerSecond[payload.name]?.toFixed(1).padStart(7)} MB/s`)
}

const ratios: Record<string, number> = {}
for (const payload of all.filter(({ kind }) => kind === 'feed')) {
  const ratio = rounded(median(await ratiosToRssParser(payload)), 2)
  ratios[payload.name] = ratio
  console.log(`  ${payload.name.padEnd(20)} ${ratio.toFixed(2).padStart(7)} times the speed of rss-parser`)
}
const vsRssParser = Math.min(...Object.values(ratios))
console.log(JSON.stringify({ bench: 'read', mbPerSecond, vsRssParser, ratios }))

async function read({ kind, provider, body }: Payload): Promise<void> {
  const url = 'https://status.example.com/feed'
  const source = { id: 'src', name: 'Source', kind, url, provider, everyMs: 60_000, topics: [] }
  const result = await readers[kind].read({ body, contentType: null }, { source, places, now })
  if (!result.ok) throw new Error(result.error)
  if (result.value.incidents.length + result.value.articles.length === 0) throw new Error(`${kind}: nothing was read`)
}

/** Our speed by the peer's, taken in turns, so that what else the machine does touches both. */
async function ratiosToRssParser(payload: Payload): Promise<number[]> {
  const text = Buffer.from(payload.body).toString()
  const ratios: number[] = []
  const warmUp = warmUpOf(payload)
  for (let round = 0; round < warmUp + ROUNDS; round++) {
    const ours = await secondsFor(() => read(payload))
    const theirs = await secondsFor(() => new RssParser().parseString(text))
    if (round >= warmUp) ratios.push(theirs / ours)
  }
  return ratios
}

async function secondsOf(work: () => Promise<unknown>, warmUp: number): Promise<number[]> {
  for (let round = 0; round < warmUp; round++) await work()
  const seconds: number[] = []
  for (let round = 0; round < ROUNDS; round++) seconds.push(await secondsFor(work))
  return seconds
}

async function secondsFor(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}
