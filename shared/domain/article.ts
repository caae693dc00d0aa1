import { z } from 'zod'
import { Country, Instant, RecordId, RegionId, Slug, text, WebUrl } from './primitives.ts'

/** The topic of what customers tell of a provider. */
export const CUSTOMER_STORIES = 'customer-stories'

export const Article = z.object({
  id: RecordId,
  title: text(300),
  url: WebUrl,
  /** Plain text. */
  summary: text(600),
  publishedAt: Instant,
  updatedAt: Instant.nullable(),
  author: text(120).nullable(),
  image: WebUrl.nullable(),
  topics: z.array(Slug),
  regions: z.array(RegionId),
  /** That the text names, beside those in which its regions stand. */
  countries: z.array(Country).default([]),
  providers: z.array(Slug),
  /** BCP 47, lower case, such as `en` or `de-at`. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/)
    .nullable(),
})
export type Article = z.infer<typeof Article>
