import type { Words } from '../words.ts'

export const news: Words['news'] = {
  heading: 'ニュース',
  none: '記事はまだありません。',
  publishers: (first, more) => (more === 0 ? first : `${first}、ほか${more}件`),
}
