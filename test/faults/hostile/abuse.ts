import type { Socket } from 'node:net'
import type { SourceKind } from '../../../shared/domain/source.ts'

/** One way in which a source may misbehave, and how it must end. */
export type Abuse = {
  /** Also the source's id. */
  name: string
  kind: SourceKind
  /** What its health must say of it; or, where the content is merely odd, how many records a reading gives. */
  ends: RegExp | number
  /** What the server does when the head of a request has come. */
  answers: (socket: Socket) => void
  /** What it does as soon as it is connected to. */
  greets?: (socket: Socket) => void
  /** The source's address is https; the certificate is self-signed where the server speaks TLS at all. */
  tls?: 'spoken' | 'not spoken'
  /** Takes seconds of a processor: read rarely, and left to the long run. */
  heavy?: true
}

type More = Pick<Abuse, 'greets' | 'tls' | 'heavy'>

export const abuse = (
  name: string,
  kind: SourceKind,
  ends: Abuse['ends'],
  answers: Abuse['answers'],
  more: More = {},
): Abuse => ({ name, kind, ends, answers, ...more })

/** The answer 200 with this body. */
export const page = (body: string | Uint8Array, headers = ''): Abuse['answers'] => {
  const bytes = Buffer.from(body)
  return socket => {
    socket.write(`HTTP/1.1 200 OK\r\nConnection: close\r\n${headers}Content-Length: ${bytes.length}\r\n\r\n`)
    socket.end(bytes)
  }
}

/** Bytes as they are, and the end. */
export const says =
  (bytes: string): Abuse['answers'] =>
  socket =>
    void socket.end(bytes, 'latin1')

/** The bytes, and then the same piece again and again for as long as the other side takes it. */
export const endless =
  (head: string, piece: string | Uint8Array): Abuse['answers'] =>
  socket => {
    socket.write(head)
    const more = () => {
      while (!socket.destroyed && socket.write(piece));
    }
    socket.on('drain', more)
    more()
  }

/** The bytes, and then the same piece every 20 ms. */
export const drip =
  (head: string, piece: string): Abuse['answers'] =>
  socket => {
    socket.write(head)
    const timer = setInterval(() => socket.write(piece), 20)
    socket.once('close', () => clearInterval(timer))
  }

/** The bytes, and then the connection breaks off instead of being closed. */
export const resets =
  (head: string): Abuse['answers'] =>
  socket => {
    socket.write(head, () => setTimeout(() => socket.resetAndDestroy(), 20))
  }
