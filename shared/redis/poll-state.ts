import { z } from 'zod'
import { Instant, RecordId } from '../domain/primitives.ts'

/** What a worker remembers of a source between two polls. */
export const PollState = z.object({
  /** The address that the validators below belong to. */
  url: z.string(),
  /** What else in the source's configuration shapes a reading; when it changes, the whole answer is wanted again. */
  readAs: z.string().default(''),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** From when on the validators count for nothing: by then the same answer may be read otherwise. Null: never, as nothing was read. */
  rereadAt: Instant.nullable().default(null),
  /** Where a permanent redirect sent us. */
  movedTo: z.string().nullable(),
  /** Records that the source owns. */
  incidents: z.array(RecordId),
  components: z.array(RecordId),
  articles: z.array(RecordId),
  /** Incidents that the last reading left out while they were open, or told older than they are known, and since when: a second such reading is believed. */
  missing: z.record(RecordId, Instant),
  /** Whether one of its incidents is active: such a source is polled faster. */
  active: z.boolean(),
  /** How often a feed asks to be read by what it said last, in ms; null where it does not say. */
  rhythmMs: z.number().int().positive().nullable().default(null),
  /** When `source.health` was last sent. */
  healthSentAt: Instant.nullable(),
  /** Of a probe: when the last measurement contradicted what was known (null: it agreed), and when `probe.changed` was last sent. */
  probe: z
    .object({ doubtedAt: Instant.nullable(), sentAt: Instant.nullable() })
    .default({ doubtedAt: null, sentAt: null }),
})
export type PollState = z.infer<typeof PollState>

export const freshPollState = (url: string): PollState => ({
  url,
  readAs: '',
  etag: null,
  lastModified: null,
  rereadAt: null,
  movedTo: null,
  incidents: [],
  components: [],
  articles: [],
  missing: {},
  active: false,
  rhythmMs: null,
  healthSentAt: null,
  probe: { doubtedAt: null, sentAt: null },
})
