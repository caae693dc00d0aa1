import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeText } from '../../../workers/formats/answer.ts'
import { hashedId, recordId } from '../../../workers/formats/reading.ts'
import { clip, firstImage, markdownText, oneLine, plainText } from '../../../workers/text/plain-text.ts'
import { canonicalUrl, webUrl } from '../../../workers/text/web-url.ts'

describe('plain text', () => {
  test('markup that was escaped once too often is markup still', () => {
    expect(plainText('&lt;p&gt;one &amp;amp; two&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;')).toBe('one & two')
    expect(plainText('a &lt; b and c &gt; d')).toBe('a < b and c > d')
  })

  test('keeps words and lines of HTML, no markup and no script', () => {
    const html = '<p>One&nbsp;<b>two</b></p><ul><li>three<li>four</ul><script>alert(1)</script><style>p{}</style>'
    expect(plainText(html)).toBe('One two\n- three\n- four')
  })

  test('loses control characters, lone halves of characters and marks that turn the writing', () =>
    expect(plainText('a\0b\u0007c\uD800d\u202Ee\u2028f')).toBe('abcde\nf'))

  test('is one line for titles', () => expect(oneLine(' <p>R&amp;D</p>\r\n<p>news</p> ')).toBe('R&D news'))

  test('never holds a control character, whatever came in', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(oneLine(text)).not.toMatch(/\p{Cc}|\p{Cs}/u)
      }),
    ))

  test('takes deep nesting and endless tags in its stride', () => {
    expect(plainText('<div>'.repeat(10_000))).toBe('')
    expect(plainText('<h'.repeat(100_000)).length).toBeLessThan(70_000)
  })

  test.each([
    ['a > in a quoted value', '<a title="x>y">one</a>', 'one'],
    ['an apostrophe in a bare value', "<a title=it's>one</a> isn't", "one isn't"],
    ['comparisons', 'a < b <3 </', 'a < b <3 </'],
    ['comments, declarations and instructions', 'a<!-- <p> > -->b<!doctype x>c<?x y?>d', 'abcd'],
    ['a script that writes tags', '<script>if (a<b) x("</p>")</script>after', 'after'],
    ['pictures drawn in the text', 'a<svg><text>b</text><svg/></svg>c<svg/>d', 'acd'],
    ['references without their semicolon', '&copy 2026 &amp more &bogus;', '© 2026 & more &bogus;'],
    ['a tag that never ends', 'one <b', 'one'],
  ])('reads %s', (_, html, text) => expect(plainText(html)).toBe(text))

  test('Markdown loses its marks', () =>
    expect(markdownText('## \\# Report\n**Cause:** a [switch](https://x.test/a) `failed`\n* snake_case stays')).toBe(
      'Report\nCause: a switch failed\n- snake_case stays',
    ))

  test('the first picture is found, a tracking pixel is none', () => {
    expect(firstImage('<img src="p.gif" width="1"><img src="a.png"><img src="b.png">')).toBe('a.png')
    expect(firstImage(`<image><IMG alt="src=x > y" data-src='z' SRC = 'a.png?b&amp;c'>`)).toBe('a.png?b&c')
    expect(firstImage('<img src=a.png/><img src="b.pn')).toBe('a.png/')
    expect(firstImage('<img src="b.pn')).toBe('')
  })
})

test('a clipped text fits, ends at a word and never inside a character', () => {
  expect(clip('short', 10)).toBe('short')
  expect(clip('one two three', 12)).toBe('one two…')
  expect(clip('😀😀😀', 4)).toBe('😀…')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, max) => {
      expect(clip(text, max).length).toBeLessThanOrEqual(max)
    }),
  )
})

describe('links', () => {
  test('are absolute, http(s), and without credentials', () => {
    expect(webUrl('/a b', 'https://x.test/c')).toBe('https://x.test/a%20b')
    expect(webUrl('https://me:secret@x.test/')).toBe('https://x.test/')
    expect(webUrl('//y.test/a', 'https://x.test')).toBe('https://y.test/a')
  })

  test.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'http://',
    '',
    'x',
  ])('%j is none', link => expect(webUrl(link)).toBeNull())

  test('lose what follows readers around, and nothing else', () => {
    expect(canonicalUrl('https://x.test/a?utm_source=b&id=1&gclid=2#top')).toBe('https://x.test/a?id=1#top')
    expect(canonicalUrl('https://x.test/a?q=a%20b')).toBe('https://x.test/a?q=a%20b')
  })
})

describe('ids', () => {
  test('are the native word where it fits the grammar, else a hash of it', () => {
    expect(recordId('src', 'AbC-1')).toBe('src/abc-1')
    expect(recordId('src', 'arn:aws:x/Y')).toMatch(/^src\/[0-9a-f]{20}$/)
    expect(recordId('src', 'arn:aws:x/Y')).not.toBe(recordId('src', 'arn:aws:x/Z'))
  })

  test('of several words depend on where each ends', () =>
    expect(hashedId('s', 'ab', 'c')).not.toBe(hashedId('s', 'a', 'bc')))
})

describe('bytes become text by', () => {
  const answer = (body: Uint8Array, contentType: string | null = null) => decodeText({ body, contentType })
  const utf16le = Buffer.from('\uFEFF{"é":1}', 'utf16le')

  test('the byte order mark, before any label', () => {
    expect(answer(utf16le, 'application/json; charset=utf-8')).toBe('{"é":1}')
    expect(answer(Buffer.from(utf16le).swap16(), 'application/json;charset=utf-16')).toBe('{"é":1}')
    expect(answer(Buffer.from('\uFEFFé'), 'text/xml; charset=latin1')).toBe('é')
  })

  test('zero bytes, where UTF-16 has no mark', () => {
    expect(answer(Buffer.from('[1]', 'utf16le'))).toBe('[1]')
    expect(answer(Buffer.from('[1]', 'utf16le').swap16(), 'application/json;charset=utf-16')).toBe('[1]')
  })

  test('the HTTP charset, then the XML declaration, then UTF-8', () => {
    const xml = Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>', 'latin1')
    expect(answer(xml)).toContain('é')
    expect(answer(Buffer.from('é', 'latin1'), 'text/xml; charset="ISO-8859-1"')).toBe('é')
    expect(answer(Buffer.from('<?xml version="1.0" encoding="utf-16"?><a>é</a>'))).toContain('é')
    expect(answer(Buffer.from('é'), 'text/xml; charset=nonsense')).toBe('é')
  })
})
