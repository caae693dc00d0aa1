import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Article, byNewest } from '../../../shared/domain/article.ts'
import { groupStories } from '../../../shared/domain/group-stories.ts'
import { sourceOf } from '../../../shared/domain/primitives.ts'
import { isRepeated, readTitle, titleLikeness } from '../../../shared/domain/title-likeness.ts'
import { article, minutesAgo } from '../../support/builders.ts'
import { scoreStories } from './story-pairs.ts'

const HOUR = 60

/** An article at an address of its own. */
const told = (id: string, title: string, hoursAgo: number, more: Partial<Article> = {}): Article =>
  article(id, {
    title,
    publishedAt: minutesAgo(hoursAgo * HOUR),
    url: `https://${id.replace('/', '.')}.example.com/`,
    ...more,
  })

/** The stories as ids, the leader first. */
const idsOf = (articles: Article[]) =>
  groupStories(articles).map(story => [story.article, ...story.alsoIn].map(({ id }) => id))

const title = 'Contoso opens a cloud region in Amsterdam with three zones'

describe('articles of different sources are one story', () => {
  test('when they lead to one address, whatever their titles say and however late', () => {
    const url = 'https://www.example.com/post/'
    const late = told('b/1', 'Seen elsewhere', 0, { url: 'http://example.com/post' })
    expect(idsOf([late, told('a/1', title, 300, { url })])).toEqual([['a/1', 'b/1']])
  })

  test('when they bear one title in other dress', () =>
    expect(
      idsOf([
        told('a/1', title, 5),
        told('b/1', `“CONTOSO” opens the cloud-région in Amsterdam, with three zones!`, 4),
      ]),
    ).toEqual([['a/1', 'b/1']]))

  test('when four of five words are the same', () => {
    expect(idsOf([told('a/1', 'one1 two three four five', 1), told('b/1', 'one1 two three four', 0)])).toHaveLength(2)
    expect(
      idsOf([
        told('a/1', 'alpha bravo charlie delta echo foxtrot', 1),
        told('b/1', 'alpha bravo charlie delta echo', 0),
      ]),
    ).toEqual([['a/1', 'b/1']])
  })

  test('in which the one that came first leads, and the newest story comes first', () =>
    expect(
      idsOf([told('c/1', title, 1), told('x/1', 'Something else', 3), told('a/1', title, 2), told('b/1', title, 5)]),
    ).toEqual([['x/1'], ['b/1', 'a/1', 'c/1']]))
})

describe('articles of one source are one story', () => {
  test.each<[string, string]>([
    ['when they bear the same title', title],
    ['when a plain word was added', `${title} each`],
    ['when the headline was marked as an update', `Update: ${title}`],
    ['when a word is spelled otherwise', title.replace('cloud region', 'cloud-region')],
  ])('%s', (_, again) =>
    expect(idsOf([told('a/1', title, 3), told('a/2', again, 2), told('a/3', again, 0)])).toEqual([
      ['a/1', 'a/2', 'a/3'],
    ]),
  )

  test('also where another source tells it between', () =>
    expect(idsOf([told('a/1', title, 3), told('b/1', title, 2), told('a/2', `${title} each`, 1)])).toEqual([
      ['a/1', 'b/1', 'a/2'],
    ]))
})

describe('articles stay apart', () => {
  test.each<[string, Article, Article]>([
    ['of one source with similar titles', told('a/1', title, 1), told('a/2', `${title} each this time`, 0)],
    ['of one source that name one thing more', told('a/1', title, 1), told('a/2', `${title} near Haarlem`, 0)],
    [
      'of one source that name another thing',
      told('a/1', 'Function runtime for Python gets longer timeouts and much more memory', 1),
      told('a/2', 'Function runtime for Ruby gets longer timeouts and much more memory', 0),
    ],
    ['of one source more than two days apart', told('a/1', title, 49), told('a/2', title, 0)],
    ['about different providers', told('a/1', title, 1), told('b/1', title, 0, { providers: ['aws'] })],
    [
      'of one source at one address, as of a page of release notes',
      told('a/1', 'x', 1, { url: 'https://a.example.com' }),
      told('a/2', 'y', 0, { url: 'https://a.example.com' }),
    ],
    [
      'at two places of one page',
      told('a/1', 'x', 1, { url: 'https://a.test/#1' }),
      told('b/1', 'y', 0, { url: 'https://a.test/#2' }),
    ],
    ['more than two days apart', told('a/1', title, 49), told('b/1', title, 0)],
    ['with titles of few words', told('a/1', 'Weekly cloud news', 1), told('b/1', 'Weekly cloud news', 0)],
    [
      'that differ in a figure',
      told('a/1', `${title} and version 1.30`, 1),
      told('b/1', `${title} and version 1.31`, 0),
    ],
    [
      'with three of five words the same',
      told('a/1', 'alpha bravo charlie delta echo', 1),
      told('b/1', 'alpha bravo charlie delta golf', 0),
    ],
  ])('%s', (_, one, other) => expect(groupStories([one, other])).toHaveLength(2))
})

test('likeness does not drift: each title is compared with the leader’s', () => {
  const words = 'alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima'.split(' ')
  const [first = '', second = '', third = ''] = [0, 1, 2].map(from => words.slice(from, from + 10).join(' '))
  expect(idsOf([told('b/1', second, 2), told('c/1', third, 1)])).toEqual([['b/1', 'c/1']])
  expect(idsOf([told('a/1', first, 3), told('b/1', second, 2), told('c/1', third, 1)])).toEqual([
    ['c/1'],
    ['a/1', 'b/1'],
  ])
})

test('of the table of pairs, at least 95 % are told as one story or two, as they should', () => {
  const { right, of, wrong } = scoreStories()
  console.info(`stories: ${right} of ${of}\n${wrong.join('\n')}`)
  expect(of).toBeGreaterThanOrEqual(60)
  expect(right / of).toBeGreaterThanOrEqual(0.95)
})

describe('a story is told in the words', () => {
  const sources = new Map([
    ['a', { url: 'https://www.a.test/feed.xml' }],
    ['b', { url: 'https://feeds.b.test/all' }],
    ['c', { url: 'https://c.test/' }],
  ])
  const leader = (articles: Article[]) => groupStories(articles, sources)[0]?.article.id

  test('of the source that was read first, whatever date a later one claims', () => {
    const honest = told('a/1', title, 2, { readAt: minutesAgo(100) })
    const backdated = told('c/1', title, 40, { readAt: minutesAgo(5) })
    expect(leader([backdated, honest])).toBe('a/1')
  })

  test('of an earlier record, which has no time of reading', () => {
    const old = told('a/1', title, 2)
    expect(leader([told('c/1', title, 40, { readAt: minutesAgo(5) }), old])).toBe('a/1')
  })

  test('of the source that owns the link, though another one was read first', () => {
    const url = 'https://b.test/post'
    const talk = told('a/1', 'Look at this', 3, { url, readAt: minutesAgo(100) })
    const post = told('b/1', title, 2, { url, readAt: minutesAgo(50) })
    expect(leader([talk, post])).toBe('b/1')
  })

  test('of the first, where another one owns only its own copy', () => {
    const first = told('a/1', title, 3, { url: 'https://elsewhere.test/x', readAt: minutesAgo(100) })
    const copy = told('c/1', title, 9, { url: 'https://c.test/copy', readAt: minutesAgo(50) })
    expect(leader([first, copy])).toBe('a/1')
  })
})

const wordPool =
  'azure region outage storage network amsterdam dublin opens closes launches kubernetes v2 gpu price update'.split(' ')
const anyArticle = fc
  .record({
    source: fc.constantFrom('a', 'b', 'c', 'd'),
    n: fc.nat(30),
    words: fc.array(fc.constantFrom(...wordPool), { minLength: 0, maxLength: 9 }),
    hours: fc.integer({ min: 0, max: 100 }),
    page: fc.nat(60),
  })
  .map(({ source, n, words, hours, page }) =>
    told(`${source}/${n}`, words.join(' '), hours, { url: `https://x.test/${page}` }),
  )
const anyArticles = fc.uniqueArray(anyArticle, { selector: ({ id }) => id, maxLength: 60 })

describe('whatever comes in', () => {
  const holds = (rule: (articles: Article[]) => void) => fc.assert(fc.property(anyArticles, rule), { numRuns: 300 })

  test('every article is in just one story', () =>
    holds(articles => {
      const folded = groupStories(articles).flatMap(({ article, alsoIn }) => [article, ...alsoIn])
      expect(folded.sort(byNewest)).toEqual([...articles].sort(byNewest))
    }))

  test('the order of it does not matter', () =>
    fc.assert(
      fc.property(
        anyArticles.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([articles, shuffled]) => {
          expect(groupStories(shuffled)).toEqual(groupStories(articles))
        },
      ),
    ))

  test('stories are in the order of their leaders, of which none is newer than the rest', () =>
    holds(articles => {
      const stories = groupStories(articles)
      const leaders = stories.map(({ article }) => article)
      expect(leaders).toEqual([...leaders].sort(byNewest))
      for (const { article, alsoIn } of stories)
        for (const other of alsoIn) expect(byNewest(article, other)).toBeGreaterThan(0)
    }))

  test('a story has further articles of one source only where they repeat a title', () =>
    holds(articles => {
      for (const { article, alsoIn } of groupStories(articles)) {
        const members = [article, ...alsoIn]
        for (const one of members) {
          const own = members.filter(({ id }) => sourceOf(id) === sourceOf(one.id))
          const repeats = own.filter(
            other =>
              other !== own[0] &&
              !members.some(first => first !== other && isRepeated(readTitle(first.title), readTitle(other.title))),
          )
          expect(repeats).toEqual([])
        }
      }
    }))

  test('news that comes in later changes nothing of how the older is told', () =>
    holds(articles => {
      const older = articles.filter(({ publishedAt }) => publishedAt < minutesAgo(50 * HOUR))
      const leaders = new Set(groupStories(older).map(({ article }) => article.id))
      const after = groupStories(articles).map(({ article }) => article.id)
      expect(after.filter(id => older.some(one => one.id === id)).sort()).toEqual([...leaders].sort())
    }))

  test('the index misses nothing that comparing all with all would find', () =>
    holds(articles => {
      const distinct = articles.map((one, n) => ({ ...one, id: `s${n}/x`, url: `https://x.test/${n}` }))
      expect(idsOf(distinct)).toEqual(foldedSlowly(distinct))
    }))
})

/** The same by comparing every article with every leader. All are of different sources and addresses. */
function foldedSlowly(articles: Article[]): string[][] {
  const stories: Article[][] = []
  for (const one of [...articles].sort(byNewest).reverse()) {
    const scored = stories.map(story => {
      const [leader = one] = story
      const inReach = Date.parse(one.publishedAt) - Date.parse(leader.publishedAt) <= 48 * 3_600_000
      return { story, score: inReach ? titleLikeness(readTitle(one.title), readTitle(leader.title)) : 0 }
    })
    const best = scored.reduce<(typeof scored)[number] | undefined>(
      (top, next) => (next.score > (top?.score ?? 0) ? next : top),
      undefined,
    )
    if (best) best.story.push(one)
    else stories.push([one])
  }
  return stories.reverse().map(story => story.map(({ id }) => id))
}
