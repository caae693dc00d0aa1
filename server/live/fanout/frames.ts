import type { Event } from '../../../shared/domain/events.ts'

/** The newest frames that are kept: clients that reconnect together have missed the same events. */
const MAX_KEPT_BYTES = 4 * 1024 * 1024

/**
 * A socket.io message to the main namespace: `4` is engine.io's message, `2` socket.io's event.
 * @see https://socket.io/docs/v4/socket-io-protocol/#sending-and-receiving-data
 */
export const messageFrame = (name: string, argument: unknown): Buffer =>
  textFrame(`42${JSON.stringify([name, argument])}`)

/** Events as frames. The newest are encoded once, however often they are sent. */
export function eventFrames(maxBytes = MAX_KEPT_BYTES): (event: Event) => Buffer {
  const kept = new Map<Event, Buffer>()
  let bytes = 0
  return event => {
    const known = kept.get(event)
    if (known !== undefined) return known
    const frame = messageFrame('event', event)
    kept.set(event, frame)
    bytes += frame.length
    for (const [oldest, itsFrame] of kept) {
      if (bytes <= maxBytes) break
      kept.delete(oldest)
      bytes -= itsFrame.length
    }
    return frame
  }
}

const FINAL_TEXT = 0x81
/** The longest length that fits into the frame's seven bits. Two marks say that more bytes follow. */
const MAX_SHORT_LENGTH = 125
const IN_16_BITS = 126
const IN_64_BITS = 127

/** One final, unmasked websocket frame, as servers send it. @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const start = length <= MAX_SHORT_LENGTH ? 2 : length <= 0xffff ? 4 : 10
  const frame = Buffer.allocUnsafe(start + length)
  frame[0] = FINAL_TEXT
  if (start === 2) frame[1] = length
  else if (start === 4) {
    frame[1] = IN_16_BITS
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = IN_64_BITS
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(text, start)
  return frame
}

export function textOf(frame: Buffer): string {
  const start = frame[1] === IN_64_BITS ? 10 : frame[1] === IN_16_BITS ? 4 : 2
  return frame.toString('utf8', start)
}
