import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeText } from '../../../workers/formats/answer.ts'
import { hashedId, recordId } from '../../../workers/formats/reading.ts'
import { clip, firstImage, markdownText, oneLine, plainText } from '../../../workers/text/plain-text.ts'
import { titleText } from '../../../workers/text/title-text.ts'
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

  test.each([
    ['tags', 'a\u{E0041}\u{E0020}b\u{E007F}'],
    ['marks of direction', 'a\u200E\u200F\u061Cb\u202A\u2067'],
    ['zero-width characters', 'a\u200B\u200C\u200D\u2060\uFEFFb\u200B'],
    ['soft hyphens and invisible operators', 'a\u00AD\u034F\u2061\u2064b'],
    ['selectors of a look that there is none of', 'a\uFE0F\uFE00\u{E0100}b\uFE0E'],
    ['fillers and annotations', 'a\u115F\u3164\uFFA0\uFFF9b\uFFFB'],
    ['all of them between other letters', 'a\u200D\u{E0041}\u200Cb'],
  ])('loses %s', (_what, text) => {
    expect(plainText(text)).toBe('ab')
    expect(titleText(text)).toBe('ab')
    expect(plainText(text.replace('b', 'привет'))).toBe('aпривет')
  })

  test('loses every character that Unicode lets displays ignore', () => {
    const ignored = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/u
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue
      const char = String.fromCodePoint(code)
      if (!ignored.test(char) || /\s/.test(char)) continue
      expect(plainText(`東${char}京`), code.toString(16)).toBe('東京')
    }
  })

  test('keeps one space where an invisible character stood between two', () =>
    expect(plainText('a \u200B\uFEFF b\t\u200Ec')).toBe('a b c'))

  test('of many invisible characters between letters of a script keeps the one that it may need', () =>
    expect(plainText('می\u200C\u200B\u200C\u200Eخواهم')).toBe('می\u200Cخواهم'))

  test.each([
    'می\u200Cخواهم',
    'नमस्\u200Dते',
    'ന്\u200D',
    '☁\uFE0F',
    '👩🏽\u200D💻',
    '👨\u200D👩\u200D👧',
    '🏳\uFE0F\u200D🌈',
    '1\uFE0F\u20E3 up',
    '🏴\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}',
    '東京リージョン',
  ])('keeps %s as it is written', text => {
    expect(plainText(text)).toBe(text)
    expect(titleText(text)).toBe(text)
  })

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

  const declared = (label: string, bytes: number[]) =>
    Buffer.concat([Buffer.from(`<?xml version="1.0" encoding="${label}"?><a>`, 'latin1'), Buffer.from(bytes)])

  test.each([
    ['ISO-8859-1', [0x93, 0x92, 0x94, 0x96, 0x80, 0x85], '“’”–€…'],
    ['windows-1252', [0x8a, 0x9f, 0x81], 'ŠŸ\u0081'],
    ['us-ascii', [0x99], '™'],
    ['windows-1251', [0xd1, 0xe1, 0xee, 0xe9], 'Сбой'],
    ['koi8-r', [0xf3, 0xc2, 0xcf, 0xca], 'Сбой'],
    ['iso-8859-2', [0xb1, 0xe6], 'ąć'],
    ['ISO-8859-9', [0xfe, 0x80], 'ş€'],
    ['windows-1253', [0xc1, 0xe1], 'Αα'],
    ['Shift_JIS', [0x8f, 0xe1, 0x8a, 0x51], '障害'],
    ['EUC-JP', [0xbe, 0xe3, 0xb3, 0xb2], '障害'],
    ['gb2312', [0xb9, 0xca, 0xd5, 0xcf], '故障'],
    ['Big5', [0xac, 0x47, 0xbb, 0xd9], '故障'],
    ['euc-kr', [0xc0, 0xe5, 0xbe, 0xd6], '장애'],
    ['macintosh', [0x8e, 0xd5], 'é’'],
    ['unicode', [0xc3, 0xa9], 'é'],
    ['ucs-2', [0xc3, 0xa9], 'é'],
    ['unknown-8', [0xc3, 0xa9], 'é'],
  ])('the standard’s table of %s', (label, bytes, text) =>
    expect(answer(declared(label, bytes))).toContain(`<a>${text}`),
  )

  test('the next label, where the standard does not know the first', () => {
    const xml = declared('windows-1251', [0xd1, 0xe1, 0xee, 0xe9])
    for (const label of ['nonsense', 'utf-16', 'x-unknown', 'iso-2022-kr', 'default'])
      expect(answer(xml, `text/xml; charset=${label}`)).toContain('Сбой')
  })

  test.each([
    "text/xml; charset='windows-1251'",
    'text/xml; charset="windows-1251"',
    'text/xml;charset=windows-1251;q=1',
    'text/xml; Charset = "cp1251"',
    'text/xml; version=1; charset=x-cp1251',
    'text/xml charset=windows-1251',
    'text/xml; charset=\\"windows-1251\\"',
    'text/xml; charset=windows-1251, text/xml',
    "text/xml; charset=' windows-1251'",
    'text/xml;\tCHARSET=Windows-1251',
  ])('the label in %s', contentType => expect(answer(Buffer.from([0xd1, 0xe1, 0xee, 0xe9]), contentType)).toBe('Сбой'))
})
