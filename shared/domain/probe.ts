import { z } from 'zod'
import { EndpointUrl, Instant, RegionId, Slug, text } from './primitives.ts'

/** The length of a phase in ms; null where the measurement did not come so far, or there is no such phase. */
const PhaseMs = z.number().nonnegative().max(600_000).nullable()

/**
 * How a region's public endpoint was found from where the worker runs. Beside the official status and never mixed with it:
 * that the provider says fine and that we cannot reach it are two facts.
 */
export const Probe = z.object({
  /** The source's. */
  id: Slug,
  provider: Slug,
  region: RegionId,
  url: EndpointUrl,
  /** The place from which it was measured. */
  from: text(40),
  reachable: z.boolean(),
  /** When it was first found reachable, or not, without a change in between. */
  since: Instant,
  /** When it was last measured with this outcome. */
  at: Instant,
  httpStatus: z.number().int().nullable(),
  /** Name lookup. */
  nameMs: PhaseMs,
  /** TCP. */
  connectMs: PhaseMs,
  /** Handshake, with the certificate checked. */
  tlsMs: PhaseMs,
  /** From the request to the head of the answer. */
  firstByteMs: PhaseMs,
  /** Why it is not reachable, in plain words; null when it is. */
  error: text(300).nullable(),
})
export type Probe = z.infer<typeof Probe>
