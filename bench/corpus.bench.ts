import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { readJsonFeed } from '../workers/feeds/json-feed.ts'
import { readRss } from '../workers/feeds/rss.ts'
import { rounded } from './support/measuring.ts'

/** How many feeds of a collection are read, a folder at a time: BENCH_CORPUS names a folder of feeds, of any depth. */

const FEED = /\.(?:xml|rss|atom|rdf|json)$/i
const NEWEST = { count: 200, until: Number.POSITIVE_INFINITY }

const root = process.env.BENCH_CORPUS
if (root === undefined)
  console.log('  BENCH_CORPUS names a folder of feeds to read; it is not set, so there is nothing to do.')

const folders = new Map<string, { feeds: number; read: number }>()
for (const file of root === undefined ? [] : feedsIn(root)) {
  const reason = await reasonOf(file)
  const folder = dirname(relative(root ?? '', file))
  const count = folders.get(folder) ?? { feeds: 0, read: 0 }
  folders.set(folder, { feeds: count.feeds + 1, read: count.read + (reason === null ? 1 : 0) })
  if (reason !== null) console.log(`  ${relative(root ?? '', file)}: ${reason}`)
}
for (const [folder, { feeds, read }] of folders) {
  console.log(`  ${folder.padEnd(30)} ${read} of ${feeds} read, ${rounded((read / feeds) * 100, 1)} %`)
}
console.log(JSON.stringify({ bench: 'corpus', folders: Object.fromEntries(folders) }))

/** JSON beside a feed of the same name is what a test suite expects of it, and no feed. */
function feedsIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const names = new Set(files)
  const isExpectation = (file: string) =>
    /_expected\.json$/.test(file) || (file.endsWith('.json') && names.has(file.replace(/json$/, 'xml')))
  return files.filter(file => FEED.test(file) && !isExpectation(file)).sort()
}

/** Why a file cannot be read; null when it can. */
async function reasonOf(file: string): Promise<string | null> {
  const answer = { body: readFileSync(file), contentType: null }
  const feed = file.endsWith('.json') ? readJsonFeed(answer) : await readRss(answer, NEWEST)
  return feed.ok ? null : feed.error
}
