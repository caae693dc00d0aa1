import type { Words } from '../words.ts'

export const news: Words['news'] = {
  heading: 'Nachrichten',
  none: 'Noch kein Artikel.',
  publishers: (first, more) => (more === 0 ? first : `${first} und ${more} weitere`),
}
