import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { loadCatalogue } from '../shared/regions/catalogue.ts'
import { scoreConcerns } from '../test/shared/domain/concerns-table.ts'
import { scoreStories } from '../test/shared/domain/story-pairs.ts'
import { scoreArticles } from '../test/workers/feeds/article-table.ts'
import { scoreStatusCases } from '../test/workers/formats/status-cases.ts'
import { scorePhrases } from '../test/workers/places/phrase-table.ts'
import { readJsonFeed } from '../workers/feeds/json-feed.ts'
import { readRss } from '../workers/feeds/rss.ts'
import { placeMatcher } from '../workers/places/places.ts'
import { rounded } from './support/measuring.ts'

/**
 * How well texts are read, and what concerns a stack is told. Places, articles, stories, status sources, stacks: the
 * tables of the tests. Feeds: how many of a collection can be read, a folder at a time; BENCH_CORPUS names a folder of
 * feeds, of any depth.
 */

const FEED = /\.(?:xml|rss|atom|rdf|json)$/i
const NEWEST = { count: 200, until: Number.POSITIVE_INFINITY }

const root = process.env.BENCH_CORPUS
if (root === undefined)
  console.log('  BENCH_CORPUS names a folder of feeds to read; it is not set, so no feeds are read.')

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

const { regions } = await loadCatalogue(new URL('../shared/regions/', import.meta.url))
const places = placeMatcher(regions.values())
const score = scorePhrases(places)
for (const line of score.wrong) console.log(`  wrong: ${line}`)
for (const line of score.missed) console.log(`  missed: ${line}`)
const phrases = { count: score.phrases, precision: rounded(score.precision, 3), recall: rounded(score.recall, 3) }
console.log(`  phrases ${phrases.count}: precision ${phrases.precision}, recall ${phrases.recall}`)

const { articles: titles, ...fields } = scoreArticles(places)
const articles: Record<string, { precision: number; recall: number }> = {}
for (const [field, { precision, recall, wrong, missed }] of Object.entries(fields)) {
  for (const line of wrong) console.log(`  wrong ${field}: ${line}`)
  for (const line of missed) console.log(`  missed ${field}: ${line}`)
  articles[field] = { precision: rounded(precision, 3), recall: rounded(recall, 3) }
  console.log(
    `  ${field} of ${titles} titles: precision ${articles[field].precision}, recall ${articles[field].recall}`,
  )
}

const { right, of, wrong } = scoreStories()
for (const line of wrong) console.log(`  wrong story: ${line}`)
console.log(`  stories: ${right} of ${of} pairs right`)
const stories = { right, of }

const { wrong: wrongCases, ...cases } = await scoreStatusCases(places)
for (const line of wrongCases) console.log(`  wrong status: ${line}`)
console.log(`  status sources: ${cases.right} of ${cases.of} cases right`)

const { pairs, other, wrongCertain, ...rates } = scoreConcerns()
for (const line of other) console.log(`  wrong concern: ${line}`)
const concerns = {
  pairs,
  precision: rounded(rates.precision, 3),
  recall: rounded(rates.recall, 3),
  wrongCertain: wrongCertain.length,
  other: other.length,
}
console.log(
  `  ${pairs} pairs of a stack and an incident: precision ${concerns.precision}, recall ${concerns.recall}, ${concerns.wrongCertain} wrongly certain`,
)

console.log(
  JSON.stringify({
    bench: 'corpus',
    cases,
    phrases,
    articles,
    stories,
    concerns,
    folders: Object.fromEntries(folders),
  }),
)

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
