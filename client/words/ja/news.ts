import { numbersIn } from '../numbers.ts'
import type { Words } from '../words.ts'

const { whole } = numbersIn('ja')

export const news: Words['news'] = {
  heading: 'ニュース',
  none: '記事はまだありません。',
  publishers: (first, more) => (more === 0 ? first : `${first}、ほか${more}件`),
  all: n => `全${whole(n)}件の記事`,
}
