import { z } from 'zod'
import { EndpointUrl, Instant, RegionId, Slug, text } from './primitives.ts'

/** The duration of a phase in ms; null if the measurement did not reach it or has no such phase. */
const PhaseMs = z.number().nonnegative().max(600_000).nullable()

/** The last measurement of a region's public endpoint by a worker. It never changes the official status. */
export const Probe = z.object({
  id: Slug,
  provider: Slug,
  region: RegionId,
  url: EndpointUrl,
  from: text(40),
  reachable: z.boolean(),
  /** Since when `reachable` has not changed. */
  since: Instant,
  /** The last measurement with this outcome. */
  at: Instant,
  httpStatus: z.number().int().nullable(),
  nameMs: PhaseMs,
  connectMs: PhaseMs,
  tlsMs: PhaseMs,
  /** From the request to the headers of the response. */
  firstByteMs: PhaseMs,
  /** Why it is not reachable, in plain words; null if it is. */
  error: text(300).nullable(),
})
export type Probe = z.infer<typeof Probe>
