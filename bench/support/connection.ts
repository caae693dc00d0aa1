import { connect, type Socket } from 'node:net'

export const END_OF_HEAD = '\r\n\r\n'
const NOTHING = Buffer.alloc(0)
/** All clients read into the same memory, one after the other: reading must cost less than sending. */
const buffer = Buffer.alloc(64 * 1024)

export type Listener = {
  open(): void
  /** `bytes` has a whole message from `start` to `end`. The next message overwrites it. */
  message(bytes: Buffer, start: number, end: number, socket: Socket): void
  /** The connection failed or is over. Called once. */
  end(why: Error): void
}

type Protocol = {
  request: string
  /** The status of an answer that accepts the request. */
  status: 101 | 200
  /** Calls back with the place in `bytes` of each whole message. Returns the incomplete rest. */
  read(bytes: Buffer, onMessage: (start: number, end: number) => void): Buffer
}

/** A client with the least cost, the same for every server: one request, and then the server's messages. */
export function openConnection(port: number, { request, status, read }: Protocol, on: Listener): Socket {
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
  socket.on('connect', () => socket.write(request))
  socket.on('error', error => {
    failure = error
  })
  socket.on('close', () => on.end(failure))
  return socket

  function readHead(bytes: Buffer): Buffer {
    const end = bytes.indexOf(END_OF_HEAD)
    if (end === -1) return bytes
    const head = bytes.toString('latin1', 0, end)
    if (!head.startsWith(`HTTP/1.1 ${status} `)) {
      socket.destroy(new Error(`the server refused: ${head.slice(0, 80)}`))
      return NOTHING
    }
    receive = readMessages
    on.open()
    return readMessages(bytes.subarray(end + END_OF_HEAD.length))
  }

  function readMessages(bytes: Buffer): Buffer {
    return read(bytes, (start, end) => on.message(bytes, start, end, socket))
  }
}

export function beginsWith(bytes: Buffer, start: number, end: number, prefix: Buffer): boolean {
  if (end - start < prefix.length) return false
  for (let i = 0; i < prefix.length; i++) if (bytes[start + i] !== prefix[i]) return false
  return true
}
