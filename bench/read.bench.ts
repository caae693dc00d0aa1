import RssParser from 'rss-parser'
import { loadCatalogue } from '../shared/regions/catalogue.ts'
import { placeMatcher } from '../workers/sources/places.ts'
import { readers } from '../workers/sources/registry.ts'
import { type Payload, payloads } from './read/payloads.ts'
import { sayWhenBusy } from './support/busy.ts'
import { median, rounded } from './support/figures.ts'

/** How fast answers become records, and our feed reader beside the bare rss-parser on the same bytes. */

const WARM_UP = 3
const ROUNDS = 10

const catalogue = await loadCatalogue(new URL('../shared/regions/', import.meta.url))
const places = placeMatcher(catalogue.regions.values())
const now = Date.UTC(2026, 10, 24, 12)
const all = payloads()
sayWhenBusy()

const mbPerSecond: Record<string, number> = {}
for (const payload of all) {
  const seconds = await secondsOf(() => read(payload))
  mbPerSecond[payload.name] = rounded(payload.body.length / 1e6 / median(seconds), 1)
  console.log(`  ${payload.name.padEnd(20)} ${mbPerSecond[payload.name]?.toFixed(1).padStart(7)} MB/s`)
}

let vsRssParser = Number.NaN
for (const payload of all.filter(({ kind }) => kind === 'feed')) {
  vsRssParser = rounded(median(await ratiosToRssParser(payload)), 2)
  console.log(`  ${payload.name.padEnd(20)} ${vsRssParser.toFixed(2).padStart(7)} times the speed of rss-parser`)
}
// The last feed is the largest.
console.log(JSON.stringify({ bench: 'read', mbPerSecond, vsRssParser }))

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
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const ours = await secondsFor(() => read(payload))
    const theirs = await secondsFor(() => new RssParser().parseString(text))
    if (round >= WARM_UP) ratios.push(theirs / ours)
  }
  return ratios
}

async function secondsOf(work: () => Promise<unknown>): Promise<number[]> {
  for (let round = 0; round < WARM_UP; round++) await work()
  const seconds: number[] = []
  for (let round = 0; round < ROUNDS; round++) seconds.push(await secondsFor(work))
  return seconds
}

async function secondsFor(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}
