/** A feed of any format, as its author wrote it. What is absent is ''. */
export type FeedDocument = {
  /** The page that the feed belongs to. */
  link: string
  language: string
  entries: FeedEntry[]
}

/** Texts may hold HTML, links may be relative, dates are unread. */
export type FeedEntry = {
  id: string
  link: string
  title: string
  summary: string
  content: string
  published: string
  updated: string
  author: string
  categories: string[]
  images: string[]
  language: string
}
