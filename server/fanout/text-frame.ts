const FINAL_TEXT = 0x81
/** Where the length stands; up to here it is told in seven bits. */
const SHORT = 125
const IN_16_BITS = 126
const IN_64_BITS = 127

/**
 * A text message as a server sends it: one final, unmasked websocket frame, head and text in one piece of memory.
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const start = length <= SHORT ? 2 : length <= 0xffff ? 4 : 10
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

/** The text that `textFrame` was given. */
export function textOf(frame: Buffer): string {
  const start = frame[1] === IN_64_BITS ? 10 : frame[1] === IN_16_BITS ? 4 : 2
  return frame.toString('utf8', start)
}
