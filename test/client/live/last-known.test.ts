import { expect, test } from 'vitest'
import { packLastKnown, unpackLastKnown } from '../../../client/live/last-known.ts'
import { article, entry, incident, minutesAgo, snapshot, status } from '../builders.ts'

const picture = snapshot({
  statuses: [status('aws/eu-west-1')],
  incidents: [incident('aws-status/1')],
  articles: [article('aws-blog/1')],
})
const asOf = minutesAgo(3)
const text = packLastKnown({ snapshot: picture, asOf }, false)

test('what is kept comes back as it was, with the time up to which it was the present', () => {
  expect(unpackLastKnown(text, undefined, false)).toEqual({ snapshot: picture, asOf })
  expect(unpackLastKnown(text, minutesAgo(1), false)?.asOf).toBe(minutesAgo(1))
  expect(unpackLastKnown(text, minutesAgo(9), false)?.asOf).toBe(asOf)
  expect(unpackLastKnown(text, 'yesterday', false)?.asOf).toBe(asOf)
})

test.each([
  ['nothing', undefined],
  ['no JSON', '{'],
  ['another form', text?.replace('"form":1', '"form":2')],
  ['a record that does not pass', text?.replace('"operational"', '"splendid"')],
  ['no text', { form: 1 }],
])('%s gives nothing', (_, kept) => {
  expect(unpackLastKnown(kept, undefined, true)).toBeNull()
})

test('what was seen with a token is not shown to somebody without', () => {
  const guarded = packLastKnown({ snapshot: picture, asOf }, true)
  expect(unpackLastKnown(guarded, undefined, false)).toBeNull()
  expect(unpackLastKnown(guarded, undefined, true)?.asOf).toBe(asOf)
})

test('all that goes on is kept, of what is over and of news the newest', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => index)
  const going = many(90).map(n => incident(`aws-status/going-${n}`))
  const over = many(90).map(n => incident(`aws-status/over-${n}`, { status: 'resolved', updatedAt: minutesAgo(n) }))
  const news = many(300).map(n => article(`aws-blog/${n}`))
  const kept = packLastKnown({ snapshot: { ...picture, incidents: [...over, ...going], articles: news }, asOf }, false)
  const back = unpackLastKnown(kept, undefined, false)?.snapshot
  expect(back?.incidents.map(({ id }) => id)).toEqual([...going, ...over.slice(0, 50)].map(({ id }) => id))
  expect(back?.articles).toHaveLength(200)
})

test('a picture that is too large is not kept at all, rather than in part', () => {
  const entries = Array.from({ length: 50 }, (_, n) => entry(50 - n, n, { text: 'x'.repeat(4_000) }))
  const incidents = Array.from({ length: 24 }, (_, n) => incident(`aws-status/${n}`, { entries }))
  expect(packLastKnown({ snapshot: { ...picture, incidents }, asOf }, false)).toBeNull()
})
