import { z } from 'zod'
import { RecordId, RegionId, Slug, text } from './primitives.ts'
import { Status } from './status.ts'

/** A part of a service, as a status page lists it. */
export const Component = z.object({
  id: RecordId,
  provider: Slug,
  name: text(200),
  status: Status,
  /** The source's own word, kept where it is none of ours. */
  rawStatus: text(80).nullable(),
  regions: z.array(RegionId),
})
export type Component = z.infer<typeof Component>
