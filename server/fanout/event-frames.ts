import type { Event } from '../../shared/domain/events.ts'
import { textFrame } from './text-frame.ts'

/** What is kept of the newest frames, in bytes: clients that come again together have missed the same events. */
const MOST_BYTES = 4 * 1024 * 1024

/**
 * A socket.io message to the main namespace as one websocket frame: `4` is engine.io's message, `2` socket.io's event.
 * @see https://socket.io/docs/v4/socket-io-protocol/#sending-and-receiving-data
 */
export const messageFrame = (name: string, argument: unknown): Buffer =>
  textFrame(`42${JSON.stringify([name, argument])}`)

/** Events as frames; the newest are encoded once, however many clients they are sent to and whenever. */
export function eventFrames(mostBytes = MOST_BYTES): (event: Event) => Buffer {
  const kept = new Map<Event, Buffer>()
  let bytes = 0
  return event => {
    const known = kept.get(event)
    if (known !== undefined) return known
    const frame = messageFrame('event', event)
    kept.set(event, frame)
    bytes += frame.length
    for (const [oldest, itsFrame] of kept) {
      if (bytes <= mostBytes) break
      kept.delete(oldest)
      bytes -= itsFrame.length
    }
    return frame
  }
}
