import { connect, type Socket } from 'node:net'

const END_OF_HEAD = '\r\n\r\n'
const FINAL_TEXT = 0x81
const MASKED = 0x80
const NOTHING = Buffer.alloc(0)
/** All clients read into the same memory, one after the other: reading must cost less than sending. */
const buffer = Buffer.alloc(64 * 1024)

export type WebsocketListener = {
  open(): void
  /** `bytes` has a whole message from `start` to `end`. The next message overwrites it. */
  message(bytes: Buffer, start: number, end: number, socket: Socket): void
  /** The connection failed or is over. Called once. */
  end(why: Error): void
}

/** A websocket client with the least cost, the same for every server. */
export function openWebsocket(port: number, path: string, on: WebsocketListener): void {
  let rest: Buffer = NOTHING
  let receive = readHead
  let failure = new Error('the server closed the connection')
  const callback = (count: number): boolean => {
    const fresh = buffer.subarray(0, count)
    const left = receive(rest.length === 0 ? fresh : Buffer.concat([rest, fresh]))
    rest = left.length === 0 ? NOTHING : Buffer.from(left)
    return true
  }
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer, callback } })
  socket.on('connect', () => socket.write(upgradeRequest(port, path)))
  socket.on('error', error => {
    failure = error
  })
  socket.on('close', () => on.end(failure))

  function readHead(bytes: Buffer): Buffer {
    const end = bytes.indexOf(END_OF_HEAD)
    if (end === -1) return bytes
    const head = bytes.toString('latin1', 0, end)
    if (!head.startsWith('HTTP/1.1 101 ')) {
      socket.destroy(new Error(`the server refused: ${head.slice(0, 80)}`))
      return NOTHING
    }
    receive = readMessages
    on.open()
    return readMessages(bytes.subarray(end + END_OF_HEAD.length))
  }

  function readMessages(bytes: Buffer): Buffer {
    return readFrames(bytes, (start, end) => on.message(bytes, start, end, socket))
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc6455#section-1.3 whose example key this is */
const upgradeRequest = (port: number, path: string): string =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
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

export function beginsWith(bytes: Buffer, start: number, end: number, prefix: Buffer): boolean {
  if (end - start < prefix.length) return false
  for (let i = 0; i < prefix.length; i++) if (bytes[start + i] !== prefix[i]) return false
  return true
}
