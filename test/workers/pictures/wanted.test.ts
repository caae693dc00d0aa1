import { expect, test } from 'vitest'
import type { PictureTry } from '../../../shared/redis/picture-tries.ts'
import { addressOf, lostPictures, wantedPictures } from '../../../workers/pictures/wanted.ts'
import { article, minutesAgo, NOON } from '../../support/builders.ts'

const image = 'https://cdn.example.com/a.png'
const picture = { hash: 'a'.repeat(32), width: 10, height: 10 }
const at = (id: string, minutes: number, more = {}) =>
  article(id, { image: `https://cdn.example.com/${id}.png`, publishedAt: minutesAgo(minutes), ...more })
const wanted = (articles: ReturnType<typeof at>[], tries = new Map<string, PictureTry>(), fromMs = 0) =>
  wantedPictures(articles, tries, fromMs, NOON).map(({ id }) => id)
const tried = (more: Partial<PictureTry>, of = image) =>
  new Map([[addressOf(of), { tries: 1, nextAt: null, why: 'HTTP 404', ...more }]])

test('images without a picture are wanted, the newest first, where there is room', () => {
  const some = [at('a/old', 90), at('a/new', 1), at('a/none', 5, { image: null }), at('b/has', 2, { picture })]
  expect(wanted(some)).toEqual(['a/new', 'a/old'])
  expect(wanted(some, new Map(), NOON - 30 * 60_000)).toEqual(['a/new'])
})

test('what was tried is wanted again when it is due, and what was refused never', () => {
  const one = [at('a/1', 1, { image })]
  expect(wanted(one, tried({ nextAt: minutesAgo(-1) }))).toEqual([])
  expect(wanted(one, tried({ nextAt: minutesAgo(1) }))).toEqual(['a/1'])
  expect(wanted(one, tried({ nextAt: null }))).toEqual([])
})

test('a source is told how many pictures are lost, and why the newest is', () => {
  const [one, two] = [at('a/1', 9), at('a/2', 3)]
  const tries = new Map([
    ...tried({ why: 'HTTP 404' }, one.image ?? ''),
    ...tried({ why: 'a banner' }, two.image ?? ''),
  ])
  expect(lostPictures([one, two, at('b/1', 1)], tries)).toEqual(new Map([['a', { count: 2, why: 'a banner' }]]))
  expect(lostPictures([{ ...one, picture }], tries)).toEqual(new Map())
  expect(lostPictures([one], tried({ why: null }, one.image ?? ''))).toEqual(new Map()) // not known yet
})
