import type { Socket } from 'node:net'
import { END_OF_HEAD, type Listener, openConnection } from './connection.ts'

/** A client of Server-Sent Events. Its messages are the chunks of the answer: a server writes one event at a time. */
export function openEventStream(port: number, path: string, on: Listener): Socket {
  const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: text/event-stream${END_OF_HEAD}`
  return openConnection(port, { request, status: 200, read: readChunks }, on)
}

const LINE_FEED = 10

/** @see https://www.rfc-editor.org/rfc/rfc9112#section-7.1 */
function readChunks(bytes: Buffer, onChunk: (start: number, end: number) => void): Buffer {
  let at = 0
  while (at < bytes.length) {
    const endOfSize = bytes.indexOf(LINE_FEED, at)
    if (endOfSize === -1) break
    const start = endOfSize + 1
    const end = start + Number.parseInt(bytes.toString('latin1', at, endOfSize), 16)
    if (end + 2 > bytes.length) break
    onChunk(start, end)
    at = end + 2
  }
  return bytes.subarray(at)
}
