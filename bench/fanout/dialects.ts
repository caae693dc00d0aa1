import { maskedTextFrame } from './frames.ts'

/** What a client must know of a server's protocol: messages are told by how they begin. */
export type Dialect = {
  path: string
  event: Buffer
  /** The message after which events come; null: they come from the handshake on. */
  joined: Buffer | null
  /** What a client that wants these channels says to which message. */
  answers(channels: readonly string[]): { to: Buffer; frame: Buffer }[]
}

const PING = Buffer.from('2')
const PONG = maskedTextFrame('3')

/** @see https://socket.io/docs/v4/engine-io-protocol/ https://socket.io/docs/v4/socket-io-protocol/ */
export const dialects = {
  plain: { path: '/', event: Buffer.from('{"id"'), joined: null, answers: () => [] },
  'socket.io': {
    path: '/socket.io/?EIO=4&transport=websocket',
    event: Buffer.from('42["event"'),
    joined: Buffer.from('40{'),
    answers: channels => [
      { to: Buffer.from('0{'), frame: maskedTextFrame(`40${JSON.stringify({ channels })}`) },
      { to: PING, frame: PONG },
    ],
  },
} satisfies Record<string, Dialect>

export type DialectName = keyof typeof dialects

export function beginsWith(bytes: Buffer, start: number, end: number, prefix: Buffer): boolean {
  if (end - start < prefix.length) return false
  for (let i = 0; i < prefix.length; i++) if (bytes[start + i] !== prefix[i]) return false
  return true
}
