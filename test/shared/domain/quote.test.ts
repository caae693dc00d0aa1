import { expect, test } from 'vitest'
import { quoteIn } from '../../../shared/domain/quote.ts'

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

const said = (text: string) => {
  const quote = quoteIn(text)
  return quote && [quote.name, quote.role, quote.company]
}
const german = 'Wir haben den ganzen Laden an einem Wochenende umgezogen'

test.each([
  [`Ada King, CTO at Contoso, says: “${text}.”`, ['Ada King', 'CTO', 'Contoso']],
  [
    `It worked. As Ada King, head of platform at Contoso, puts it, “${text}.”`,
    ['Ada King', 'head of platform', 'Contoso'],
  ],
  [`“${text},” Ada King, CTO at Contoso, said.`, ['Ada King', 'CTO', 'Contoso']],
  [`“${text},” said Contoso CTO Ada King.`, ['Ada King', 'CTO', 'Contoso']],
  [`“${text},” says Chief Architect Ada King.`, ['Ada King', 'Chief Architect', null]],
  [`“${text},” said Ada King, CEO of Contoso.`, ['Ada King', 'CEO', 'Contoso']],
  [`“${text},” said Ada King, Head of Platform.`, ['Ada King', 'Head of Platform', null]],
  [`“${text},” shared Ada King (CTO, Contoso).`, ['Ada King', 'CTO', 'Contoso']],
  [`“${text},” stated Ada King of Contoso.`, ['Ada King', null, 'Contoso']],
  [`Ada King, Staff Engineer, Contoso: “${text}.”`, ['Ada King', 'Staff Engineer', 'Contoso']],
  [`„${german}“, sagt Jörg Weiß, Leiter IT bei der Contoso GmbH.`, ['Jörg Weiß', 'Leiter IT', 'Contoso GmbH']],
  [`„${german}“, so Jörg Weiß, Geschäftsführer von Contoso.`, ['Jörg Weiß', 'Geschäftsführer', 'Contoso']],
  [`Jörg Weiß, CTO bei Contoso, erklärt: „${german}.“`, ['Jörg Weiß', 'CTO', 'Contoso']],
  [`»${german}«, betont Jörg Weiß.`, ['Jörg Weiß', null, null]],
  [
    `« Nous avons migré toute la boutique en un week-end », explique Zoé Roux, directrice technique chez Contoso.`,
    ['Zoé Roux', 'directrice technique', 'Contoso'],
  ],
  [`«Migramos toda la tienda en un fin de semana», afirma Ana Ruiz, CTO de Contoso.`, ['Ana Ruiz', 'CTO', 'Contoso']],
  [
    '「週末だけですべての店舗を移行できました」と、コントソ株式会社のCTO、山田太郎氏は語る。',
    ['山田太郎', 'CTO', 'コントソ株式会社'],
  ],
  [
    'コントソ株式会社 情報システム部長の山田太郎氏は「週末だけですべての店舗を移行できました」と話す。',
    ['山田太郎', '情報システム部長', 'コントソ株式会社'],
  ],
  ['「週末だけですべての店舗を移行できました」（山田太郎氏）', ['山田太郎', null, null]],
])('%s', (source, speaker) => expect(said(source)).toEqual(speaker))

test.each([
  `The result: “${text}.”`,
  `“${text},” he said.`,
  `“${text}.” The team said so.`,
  `It says: “${text}.”`,
  '「週末だけですべての店舗を移行できました」と社内で話題になった。',
])('%s is told by nobody', source => expect(quoteIn(source)).toBeNull())
