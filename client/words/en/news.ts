export const news = {
  heading: 'News',
  none: 'No article yet.',
  /** Who brings a story, and how many more. */
  publishers: (first: string, more: number) => (more === 0 ? first : `${first} and ${more} more`),
}
