import { z } from 'zod'
import { Instant, RecordId } from '../domain/primitives.ts'

/** What a worker remembers of a source between two polls. */
export const PollState = z.object({
  /** The address that the validators below belong to. */
  url: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** Where a permanent redirect sent us. */
  movedTo: z.string().nullable(),
  /** Records that the source owns. */
  incidents: z.array(RecordId),
  components: z.array(RecordId),
  articles: z.array(RecordId),
  /** Open incidents that the last reading left out, and since when: a second such reading ends them. */
  missing: z.record(RecordId, Instant),
  /** Whether one of its incidents is active: such a source is polled faster. */
  active: z.boolean(),
  /** When `source.health` was last sent. */
  healthSentAt: Instant.nullable(),
})
export type PollState = z.infer<typeof PollState>

export const freshPollState = (url: string): PollState => ({
  url,
  etag: null,
  lastModified: null,
  movedTo: null,
  incidents: [],
  components: [],
  articles: [],
  missing: {},
  active: false,
  healthSentAt: null,
})
