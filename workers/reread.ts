import { isEnded } from '../shared/domain/incident.ts'
import { type Instant, toInstant } from '../shared/domain/primitives.ts'
import type { Reading } from './sources/reader.ts'

/** However little an answer says of the time, it is read again after so long, in ms: what is stale in it is told by the clock. */
const LONGEST_MS = 24 * 3_600_000

/**
 * From when on the same bytes may say something else: what is dated ahead in them has come by then. Until then their
 * validators spare the download; later a 304 would hide for ever what was not yet so when they were read. Pure.
 * @param now ms since the epoch, of the reading
 */
export function rereadAt(reading: Pick<Reading, 'incidents' | 'moreAt'>, now: number): Instant {
  const open = reading.incidents.filter(incident => !isEnded(incident))
  const instants = [
    reading.moreAt,
    ...open.flatMap(({ scheduledFor, scheduledUntil }) => [scheduledFor, scheduledUntil]),
  ]
  const ahead = instants.flatMap(at => (at && Date.parse(at) > now ? [Date.parse(at)] : []))
  return toInstant(Math.min(...ahead, now + LONGEST_MS))
}
