import { expect, test } from 'vitest'
import { quoteIn } from '../../../client/news/quote.ts'

const text = 'We moved the whole shop in one weekend'

test.each([
  [`“${text},” said Ada King, CTO at Contoso.`, { name: 'Ada King', role: 'CTO', company: 'Contoso' }],
  [
    `The move is done. "${text}," says Jean-Luc van der Berg, head of platform at Fabrikam Inc. It took long.`,
    { name: 'Jean-Luc van der Berg', role: 'head of platform', company: 'Fabrikam Inc' },
  ],
  [
    `“${text}.” — Ada King, Chief Architect, Contoso`,
    { name: 'Ada King', role: 'Chief Architect', company: 'Contoso' },
  ],
  [
    `“${text},” explained Ada King, an engineer, who was there.`,
    { name: 'Ada King', role: 'an engineer', company: null },
  ],
  [`„${text}“ – Jörg Weiß`, { name: 'Jörg Weiß', role: null, company: null }],
])('%s', (summary, speaker) => {
  expect(quoteIn(summary)).toMatchObject({ ...speaker, text: expect.stringContaining(text) })
})

test.each([
  ['a text without a quotation', 'Contoso moved its shop.'],
  ['a quotation of nobody', `“${text}.” Contoso moved in spring.`],
  ['words that are kept at a distance', 'A “cloud native” shop, said Ada King, CTO at Contoso.'],
  ['a quotation that is cut off', `“${text} and then it`],
  ['what is said by no name', `“${text},” said the team.`],
])('%s has no quote', (_, summary) => {
  expect(quoteIn(summary)).toBeNull()
})

test('a second quotation counts where the first is told by nobody', () => {
  const summary = `The “everything at once” plan worked. “${text},” said Ada King.`
  expect(quoteIn(summary)).toEqual({ text, name: 'Ada King', role: null, company: null })
})
