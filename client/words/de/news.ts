import { numbersIn } from '../numbers.ts'
import type { Words } from '../words.ts'

const { whole } = numbersIn('de')

export const news: Words['news'] = {
  heading: 'Nachrichten',
  none: 'Noch kein Artikel.',
  publishers: (first, more) => (more === 0 ? first : `${first} und ${more} weitere`),
  all: n => (n === 1 ? 'Zum Artikel' : `Alle ${whole(n)} Artikel`),
}
