import { z } from 'zod'
import { Instant, Slug, text } from './primitives.ts'
import { MAX_STACKS, Stack } from './stack.ts'

/** A message from the office on its walls. */
export const Notice = z.object({
  /** ULID, lower case. @see https://github.com/ulid/spec */
  id: z.string().regex(/^[0-9a-hjkmnp-tv-z]{26}$/),
  text: text(280),
  level: z.enum(['info', 'warning', 'urgent']),
  from: Instant,
  until: Instant.nullable(),
})
export type Notice = z.infer<typeof Notice>

export const isShown = (notice: Pick<Notice, 'from' | 'until'>, now: number): boolean =>
  Date.parse(notice.from) <= now && !isOver(notice, now)

export const isOver = (notice: Pick<Notice, 'until'>, now: number): boolean =>
  notice.until !== null && Date.parse(notice.until) <= now

/** What the sources file sets beside its sources. On the wire and in the store it is called `office`. */
export const OfficeSettings = z.object({
  /** Whether simulated providers feed the store; every page and answer says so. */
  simulated: z.boolean(),
  /** What the teams of this office run on; it comes first until a reader chooses. */
  stacks: z.array(Stack).max(MAX_STACKS).default([]),
  /** Whether readers' browsers may measure the round trip to the probed endpoints. */
  roundTrips: z.boolean().default(false),
  /** The settings of each wall by its name, as the query of an address would set them. */
  walls: z.record(Slug, z.record(z.string().max(40), z.string().max(4000))).default({}),
})
export type OfficeSettings = z.infer<typeof OfficeSettings>

export const defaultSettings: OfficeSettings = { simulated: false, stacks: [], walls: {}, roundTrips: false }
