import { once } from 'node:events'
import { createServer, get } from 'node:http'
import { connect } from 'node:net'
import { answerCommands } from '../support/child.ts'
import { cpuSeconds } from '../support/measuring.ts'

const CONNECTIONS = 32
const END_OF_HEAD = '\r\n\r\n'

/** Either side of the comparison of snapshots: a bare server, or the connections that ask a server. */
export type SnapshotLoad = {
  /** Asks for the snapshot over and over on some connections, for so many ms. */
  ask(where: { port: number; ms: number }): Promise<{ requestsPerSecond: number; bodyBytes: number }>
  /** Fetches this address, and serves the same bytes with the same headers to every request. Returns its port. */
  copy(url: string): Promise<number>
  cpuSeconds(): number
}

const buffer = Buffer.alloc(256 * 1024)

const commands: SnapshotLoad = {
  async ask({ port, ms }) {
    const until = performance.now() + ms
    const done = await Promise.all(Array.from({ length: CONNECTIONS }, () => askOver(port, until)))
    const [first] = done
    return {
      requestsPerSecond: done.reduce((sum, { answers }) => sum + answers, 0) / (ms / 1_000),
      bodyBytes: first?.bodyBytes ?? 0,
    }
  },
  async copy(url) {
    const [answer] = await once(get(url, { headers: { 'Accept-Encoding': 'br' } }), 'response')
    const chunks: Buffer[] = []
    for await (const chunk of answer) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const { date, connection, 'keep-alive': keepAlive, ...headers } = answer.headers
    const server = createServer((_request, response) => response.writeHead(200, headers).end(body))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('the server needs a TCP port')
    return address.port
  },
  cpuSeconds,
}
answerCommands(commands)

/** All answers have the same length, so after the first only bytes are counted. */
function askOver(port: number, until: number): Promise<{ answers: number; bodyBytes: number }> {
  const request = `GET /api/compact-snapshot HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n`
  return new Promise((resolve, reject) => {
    let answers = 0
    let bodyBytes = 0
    let length = Number.POSITIVE_INFINITY
    let got = 0
    let head = ''
    const callback = (count: number): boolean => {
      got += count
      if (length === Number.POSITIVE_INFINITY) {
        head += buffer.toString('latin1', 0, count)
        const end = head.indexOf(END_OF_HEAD)
        if (end === -1) return true
        if (!head.startsWith('HTTP/1.1 200 ')) socket.destroy(new Error(head.slice(0, 80)))
        bodyBytes = Number(/content-length: (\d+)/i.exec(head)?.[1])
        length = end + END_OF_HEAD.length + bodyBytes
      }
      if (got < length) return true
      got -= length
      answers += 1
      if (performance.now() < until) socket.write(request)
      else {
        socket.destroy()
        resolve({ answers, bodyBytes })
      }
      return true
    }
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer, callback } })
    socket.on('connect', () => socket.write(request))
    socket.on('error', reject)
  })
}
