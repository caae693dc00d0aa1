import fc from 'fast-check'
import { expect, test } from 'vitest'
import { marked, wordsIn } from '../../../client/ui/marked.ts'
import { foldAccents } from '../../../shared/domain/text.ts'

const hits = (text: string, ...words: string[]) =>
  marked(text, new Set(words))
    .filter(({ hit }) => hit)
    .map(({ text }) => text)

test('words are marked as they are written, whatever their case and accents', () => {
  expect(hits('Zürich, zurich and Zurichberg', 'zurich')).toEqual(['Zürich', 'zurich'])
  expect(hits('nothing', 'else')).toEqual([])
})

test('markup is text', () => {
  expect(marked('<b>now</b>', new Set(['b']))).toEqual([
    { text: '<', hit: false },
    { text: 'b', hit: true },
    { text: '>now</', hit: false },
    { text: 'b', hit: true },
    { text: '>', hit: false },
  ])
})

test('together the pieces are the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      const words = new Set(wordsIn(text).map(({ word }) => foldAccents(word)))
      expect(
        marked(text, words)
          .map(piece => piece.text)
          .join(''),
      ).toBe(text)
    }),
  )
})
