import type { Socket } from 'node:net'
import { END_OF_HEAD, type Listener, openConnection } from './connection.ts'

const FINAL_TEXT = 0x81
const MASKED = 0x80

export function openWebsocket(port: number, path: string, on: Listener, subprotocol?: string): Socket {
  return openConnection(port, { request: upgradeRequest(port, path, subprotocol), status: 101, read: readFrames }, on)
}

/** @see https://www.rfc-editor.org/rfc/rfc6455#section-1.3 whose example key this is */
const upgradeRequest = (port: number, path: string, subprotocol?: string): string =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...(subprotocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${subprotocol}`]),
  ].join('\r\n') + END_OF_HEAD

/** A client's text message. The mask protects old proxies; on loopback it is zero and leaves the bytes as they are. */
export function maskedTextFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  const { length } = payload
  const size = length < 126 ? [MASKED | length] : [MASKED | 126, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(FINAL_TEXT, ...size), Buffer.alloc(4), payload])
}

/** Calls back with the place in `bytes` of the payload of each whole frame of a server. Returns the incomplete rest. */
function readFrames(bytes: Buffer, onFrame: (start: number, end: number) => void): Buffer {
  let at = 0
  while (at + 2 <= bytes.length) {
    let length = bytes.readUInt8(at + 1)
    let start = at + 2
    if (length === 126) {
      if (at + 4 > bytes.length) break
      length = bytes.readUInt16BE(at + 2)
      start = at + 4
    } else if (length === 127) throw new Error('a frame of more than 65,535 bytes: no event is that long')
    if (start + length > bytes.length) break
    onFrame(start, start + length)
    at = start + length
  }
  return bytes.subarray(at)
}
