import { expect, test } from 'vitest'
import { quoteInHtml } from '../../../workers/feeds/quotes.ts'
import { read, readingIn } from '../formats/reading.ts'

const text = 'We moved the whole shop in one weekend'
const speaker = { text, name: 'Ada King', role: 'CTO', company: 'Contoso' }

test.each([
  ['a citation inside', `<blockquote><p>“${text}”</p><cite>Ada King, CTO, Contoso</cite></blockquote>`],
  [
    'a footer with a dash',
    `<blockquote><p>${text}</p><footer>— Ada King, <span>CTO at Contoso</span></footer></blockquote>`,
  ],
  [
    'a caption behind',
    `<figure><blockquote>“${text}”</blockquote><figcaption>Ada King<br>CTO, Contoso</figcaption></figure>`,
  ],
  ['a dash in its last line', `<blockquote><p>“${text}”</p><p>– Ada King, CTO, Contoso</p></blockquote>`],
  ['a line break', `<blockquote>“${text}”<br>Ada King, CTO at Contoso</blockquote>`],
  [
    'the next paragraph',
    `<blockquote class="q"><p>${text}</p></blockquote><p>— Ada King, CTO, Contoso</p><p>It took long.</p>`,
  ],
  [
    'a name in bold and lines',
    `<blockquote><p>“${text}”</p><p><strong>Ada King</strong>, CTO, Contoso</p></blockquote>`,
  ],
  ['a citation behind', `<blockquote>“${text}”</blockquote><cite>Ada King, CTO, Contoso</cite>`],
  ['bars', `<blockquote>“${text}”</blockquote><p>— Ada King | CTO | Contoso</p>`],
  ['running text', `<p>It is done.</p><p>“${text},” says Ada King, CTO at Contoso.</p>`],
  ['an element of its own', `<p><q>${text}</q> — Ada King, CTO, Contoso</p>`],
  [
    'a second block, where the first is of nobody',
    `<blockquote>This is only set apart for the eye.</blockquote><blockquote>“${text}”<cite>Ada King, CTO, Contoso</cite></blockquote>`,
  ],
])('the speaker is named in %s', (_, html) => expect(quoteInHtml(html)).toEqual(speaker))

test.each([
  ['a block of nobody', `<blockquote>${text}, and so on.</blockquote><p>The shop is open again.</p>`],
  ['a short block', '<blockquote>Wow<cite>Ada King</cite></blockquote>'],
  ['no end', `<blockquote>${text}<cite>Ada King`],
  ['code', `<p>"${text}"</p>`],
])('%s is no quote', (_, html) => expect(quoteInHtml(html)).toBeNull())

test('a customer story is quoted from its whole text, other articles are not', async () => {
  const item = `<rss version="2.0"><channel><item><title>T</title><link>https://h.example/1</link><description>Short.</description>
    <content:encoded><![CDATA[<p>Long.</p><blockquote>“${text}”<cite>Ada King, CTO, Contoso</cite></blockquote>]]></content:encoded></item></channel></rss>`
  const quoteBy = async (topics: string[]) => readingIn(await read('feed', item, { topics })).articles[0]?.quote ?? null
  expect(await quoteBy(['customer-stories'])).toEqual(speaker)
  expect(await quoteBy([])).toBeNull()
})
