import { createHash, randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { until } from './temporary-redis.ts'

/** A TCP connection of a client that does not keep to the rules. */
export type Raw = {
  socket: Socket
  /** All that was answered. */
  answer(): string
  /** Ends when the server has ended it. */
  closed: Promise<void>
}

/** Connects and writes this as it is. */
export function raw(url: string, text = ''): Raw {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', chunk => {
    answer = (answer + chunk.toString('latin1')).slice(-100_000)
  })
  socket.on('error', () => undefined) // being cut is what it is here for
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()))
  socket.write(text)
  return { socket, answer: () => answer, closed }
}

/** A websocket of socket.io whose frames are made by hand. Returns when it is open. */
export async function rawWebsocket(url: string, headers: string[] = [], host = new URL(url).host): Promise<Raw> {
  const key = randomBytes(16).toString('base64')
  const lines = [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    `Host: ${host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${key}`,
    ...headers,
  ]
  const client = raw(url, `${lines.join('\r\n')}\r\n\r\n`)
  const accepted = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  await until(() => client.answer().includes(accepted) || client.socket.destroyed, 'the websocket')
  return client
}

export const opcode = { continuation: 0, text: 1, close: 8, ping: 9 } as const

/** A masked frame. @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
export function clientFrame(kind: number, payload: string, isLast = true): Buffer {
  const body = Buffer.from(payload)
  const length = body.length < 126 ? Buffer.from([0x80 | body.length]) : Buffer.from([0xfe, 0, 0])
  if (body.length >= 126) length.writeUInt16BE(body.length, 1)
  const mask = Buffer.alloc(4) // of zeros: what is masked with it stays as it is
  return Buffer.concat([Buffer.from([(isLast ? 0x80 : 0) | kind]), length, mask, body])
}
