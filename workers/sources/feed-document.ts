/** A feed of any format, as its author wrote it. What is absent is ''. */
export type FeedDocument = {
  /** The page that the feed belongs to. */
  link: string
  /** The hub that tells of its news, and its own address; '' where it does not name them. */
  hub: string
  self: string
  language: string
  /** What relative links start from, where the feed says so itself. */
  base: string
  /** Minutes for which an answer may be kept. */
  ttl: string
  /** `hourly` and the like, and how many times in it. */
  updatePeriod: string
  updateFrequency: string
  entries: FeedEntry[]
}

/** Texts may hold HTML, links may be relative, dates are unread. */
export type FeedEntry = {
  id: string
  link: string
  /** What its relative links start from, where it says so itself. */
  base: string
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
