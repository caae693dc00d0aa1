const FINAL_TEXT = 0x81
const MASKED = 0x80

/** A text message as a server sends it, in one frame of up to 65,535 bytes. @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  return Buffer.concat([header(payload.length, 0), payload])
}

/** A text message as a client sends it. The mask guards old proxies; on loopback zeros, which leave the bytes as they are, will do. */
export function maskedTextFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  return Buffer.concat([header(payload.length, MASKED), Buffer.alloc(4), payload])
}

function header(length: number, mask: number): Buffer {
  return length < 126
    ? Buffer.of(FINAL_TEXT, mask | length)
    : Buffer.of(FINAL_TEXT, mask | 126, length >> 8, length & 0xff)
}

/** Tells where the payload of each whole frame of a server stands in `bytes`; returns the incomplete rest. */
export function readFrames(bytes: Buffer, onFrame: (start: number, end: number) => void): Buffer {
  let at = 0
  while (at + 2 <= bytes.length) {
    let length = bytes.readUInt8(at + 1)
    let start = at + 2
    if (length === 126) {
      if (at + 4 > bytes.length) break
      length = bytes.readUInt16BE(at + 2)
      start = at + 4
    } else if (length === 127) {
      throw new Error('a frame of more than 65,535 bytes: no event is that long')
    }
    if (start + length > bytes.length) break
    onFrame(start, start + length)
    at = start + length
  }
  return bytes.subarray(at)
}
