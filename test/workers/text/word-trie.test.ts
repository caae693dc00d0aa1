import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tokensOf } from '../../../workers/text/word-trie.ts'

test('the words of a text are the same whether or not a letter beyond ASCII and its usual signs stands in it', () => {
  const simple = fc.string({ unit: fc.constantFrom(...'aZ9 -\n\t\r.,()/\0\v\x1f~\xA0–—‘’“”…'), maxLength: 40 })
  fc.assert(
    fc.property(simple, text => {
      expect(tokensOf(text)).toEqual(tokensOf(`${text}\né`).slice(0, -1))
    }),
  )
})
