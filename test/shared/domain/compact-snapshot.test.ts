import { expect, test } from 'vitest'
import { readCompactSnapshot, readLongTexts } from '../../../client/live/parse-messages.ts'
import { CUSTOMER_STORIES } from '../../../shared/domain/article.ts'
import { addLongTexts, compactSnapshot, longTextsOf } from '../../../shared/domain/compact-snapshot.ts'
import { copyView, viewOf } from '../../../shared/domain/snapshot.ts'
import { article, entry, incident, minutesAgo, snapshot, source, status } from '../../client/builders.ts'

const said = (n: number, text: string) => entry(n, 9, { text })

const whole = snapshot({
  statuses: [status('aws/eu-west-1'), status('aws/eu-west-2')],
  incidents: Array.from({ length: 120 }, (_, n) =>
    incident(`aws-status/${n}`, {
      entries: [said(2, 'All is well.'), said(1, 'We look into it.')].slice(0, n % 3),
      ...(n % 10 === 0 && { zones: ['use1-az4'] }),
    }),
  ),
  articles: Array.from({ length: 60 }, (_, n) =>
    article(`aws-blog/${n}`, {
      summary: n % 7 === 0 ? '' : `What ${n} says.`,
      publishedAt: minutesAgo(n),
      topics: n % 9 === 0 ? [CUSTOMER_STORIES] : [],
    }),
  ),
  sources: [source('aws-status')],
})

const overTheWire = (answer: object): unknown => JSON.parse(JSON.stringify(answer))
function taken() {
  const picture = readCompactSnapshot(overTheWire(compactSnapshot(whole)))
  if (!picture.ok) throw new Error(picture.error)
  expect(picture.value.dropped).toEqual([])
  return picture.value.snapshot
}
function texts() {
  const read = readLongTexts(overTheWire(longTextsOf(whole)))
  if (!read.ok) throw new Error(read.error)
  return read.value
}

test('a picture and its texts are the snapshot', () => {
  const view = viewOf(taken())
  addLongTexts(view, texts(), new Set())
  expect(copyView(view, whole)).toEqual(whole)
  expect(Object.keys(Object(compactSnapshot(whole).incidents.zones))).toHaveLength(12)
})

test('a picture has every record, and of the texts those that are seen first', () => {
  const picture = taken()
  expect(picture.incidents.map(({ id }) => id)).toEqual(whole.incidents.map(({ id }) => id))
  expect(picture.incidents[2]?.entries).toEqual([said(2, 'All is well.')])
  // the entry is there, so that nothing seems new when its words come
  expect(picture.incidents[119]?.entries).toEqual([said(2, '')])
  expect(picture.articles[1]?.summary).toBe('What 1 says.')
  expect(picture.articles[30]?.summary).toBe('')
  expect(picture.articles[45]?.summary).toBe('What 45 says.') // a customer story
})

test('what came whole since the picture keeps its own texts, and what is gone does not come back', () => {
  const view = viewOf(taken())
  const newer = incident('aws-status/119', { title: 'It is back', entries: [said(3, 'It is back.'), said(2, '')] })
  view.incidents.set(newer.id, newer)
  view.articles.delete('aws-blog/30')
  addLongTexts(view, texts(), new Set([newer.id]))
  expect(view.incidents.get(newer.id)).toEqual({
    ...newer,
    entries: [said(3, 'It is back.'), said(2, 'All is well.'), said(1, 'We look into it.')],
  })
  expect(view.articles.has('aws-blog/30')).toBe(false)
})

test('columns that are not equally long cost the records that lack something, and no others', () => {
  const picture = overTheWire(compactSnapshot(whole))
  const read = readCompactSnapshot({
    ...Object(picture),
    statuses: { ...Object(picture).statuses, since: [minutesAgo(1)] },
  })
  expect(read.ok && [read.value.snapshot.statuses.length, read.value.dropped.length]).toEqual([1, 1])
})
