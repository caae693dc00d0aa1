import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeMarkup, textAsHtml } from '../../../server/outward/markup.ts'

test('no text can open, close or leave an element or an attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), text => {
      const escaped = escapeMarkup(text)
      expect(escaped).not.toMatch(/[<>"']/)
      expect(escaped.replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toContain('&')
    }),
  )
})

test('what XML has no place for is left out, and the rest is kept', () =>
  expect(escapeMarkup('a\u0000\u000b\ufffe\ud800b\n\tü😀')).toBe('ab\n\tü😀'))

test('lines stay lines in HTML', () => expect(textAsHtml('a < b\r\nc')).toBe('a &lt; b<br>\nc'))
