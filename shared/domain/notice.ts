import { z } from 'zod'
import { Instant, text } from './primitives.ts'

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
