import { connect, type Socket } from 'node:net'
import { readFrames } from './frames.ts'

const END_OF_HEAD = '\r\n\r\n'
const nothing = Buffer.alloc(0)
/** All clients read into the same memory, one after the other: reading must cost less than sending does. */
const buffer = Buffer.alloc(64 * 1024)

export type WebsocketListener = {
  /** The server has taken the connection. */
  open(): void
  /** A whole message stands in `bytes`; it is overwritten by what comes next. */
  message(bytes: Buffer, start: number, end: number, socket: Socket): void
  /** It could not be had, or is over. Called once. */
  end(why: Error): void
}

/** A websocket that does next to nothing, and the same for every server. */
export function openWebsocket(port: number, path: string, on: WebsocketListener): void {
  let rest: Buffer = nothing
  let receive = readHead
  let failure = new Error('the server closed the connection')
  const callback = (count: number): boolean => {
    const fresh = buffer.subarray(0, count)
    const left = receive(rest.length === 0 ? fresh : Buffer.concat([rest, fresh]))
    rest = left.length === 0 ? nothing : Buffer.from(left)
    return true
  }
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer, callback } })
  socket.on('connect', () => socket.write(request(port, path)))
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
      return nothing
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
const request = (port: number, path: string): string =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ].join('\r\n') + END_OF_HEAD
