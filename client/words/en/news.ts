import { numbersIn } from '../numbers.ts'

const { whole } = numbersIn('en-GB')

export const news = {
  heading: 'News',
  none: 'No article yet.',
  /** Who brings a story, and how many more. */
  publishers: (first: string, more: number) => (more === 0 ? first : `${first} and ${more} more`),
  /** The way to all of them. */
  all: (n: number) => `All ${whole(n)} ${n === 1 ? 'article' : 'articles'}`,
}
