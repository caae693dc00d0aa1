import { readFileSync } from 'node:fs'
import { subjectsOf } from '../../../workers/feeds/subjects.ts'
import { topicsOf } from '../../../workers/feeds/topics.ts'
import type { PlaceMatcher } from '../../../workers/places/places.ts'
import { tokensOf } from '../../../workers/text/word-trie.ts'

const file = new URL('../../fixtures/article-titles.tsv', import.meta.url)

export type FieldScore = { precision: number; recall: number; wrong: string[]; missed: string[] }
export type ArticleScore = { articles: number } & Record<'provider' | 'region' | 'topic', FieldScore>

/** How well the subjects and topics of the table of titles are read, as those of a publisher's feed. */
export function scoreArticles(places: PlaceMatcher): ArticleScore {
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => line.split('\t'))
  const score = (read: (title: string) => string[], column: number) =>
    fieldScore(
      rows.map(row => [row[0] ?? '', read(row[0] ?? ''), (row[column] ?? '-').split(',').filter(name => name !== '-')]),
    )
  const subjects = (title: string) => subjectsOf('gazette', tokensOf(title), places)
  return {
    articles: rows.length,
    provider: score(title => subjects(title).providers, 1),
    region: score(title => subjects(title).regions, 2),
    topic: score(topicsOf, 3),
  }
}

function fieldScore(rows: [title: string, found: string[], wanted: string[]][]): FieldScore {
  const line = (title: string, name: string) => `${title} → ${name}`
  const wrong = rows.flatMap(([title, found, wanted]) =>
    found.filter(name => !wanted.includes(name)).map(name => line(title, name)),
  )
  const missed = rows.flatMap(([title, found, wanted]) =>
    wanted.filter(name => !found.includes(name)).map(name => line(title, name)),
  )
  const all = rows.reduce((sum, [, , wanted]) => sum + wanted.length, 0)
  const right = all - missed.length
  return { precision: right / (right + wrong.length), recall: right / all, wrong, missed }
}
