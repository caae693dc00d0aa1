import { z } from 'zod'
import { Instant, RegionId, Slug, text } from './primitives.ts'

/** A message that the office itself puts on its walls. */
export const Notice = z.object({
  /** ULID, lower case. @see https://github.com/ulid/spec */
  id: z.string().regex(/^[0-9a-hjkmnp-tv-z]{26}$/),
  text: text(280),
  level: z.enum(['info', 'warning', 'urgent']),
  from: Instant,
  until: Instant.nullable(),
})
export type Notice = z.infer<typeof Notice>

/** Whether it is up now: begun, and not over. `now` in ms. */
export const isShown = (notice: Pick<Notice, 'from' | 'until'>, now: number): boolean =>
  Date.parse(notice.from) <= now && !isOver(notice, now)

/** Whether its time is past. */
export const isOver = (notice: Pick<Notice, 'until'>, now: number): boolean =>
  notice.until !== null && Date.parse(notice.until) <= now

/** What the sources file says beside its sources, for every page. */
export const Office = z.object({
  /** True where simulated providers feed the store; every page and answer says so. */
  simulated: z.boolean(),
  /** The regions that matter to this office; they come first until a reader chooses their own. */
  mine: z.array(RegionId),
  /** Whether readers' browsers may measure how far they are from the endpoints that are probed. */
  roundTrips: z.boolean().default(false),
  /** The office's walls by their names: what each is set to, as an address would say it. */
  walls: z.record(Slug, z.record(z.string().max(40), z.string().max(4000))).default({}),
})
export type Office = z.infer<typeof Office>

/** Before any sources file was read. */
export const noOffice: Office = { simulated: false, mine: [], walls: {}, roundTrips: false }
