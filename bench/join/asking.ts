import { connect } from 'node:net'
import { answerCommands } from '../support/commands.ts'

const CONNECTIONS = 32
const END_OF_HEAD = '\r\n\r\n'

export type Asking = {
  /** Asks for the snapshot over and over on some connections, for so many ms. */
  ask(where: { port: number; ms: number }): Promise<{ requestsPerSecond: number; bodyBytes: number }>
}

const buffer = Buffer.alloc(256 * 1024)

const commands: Asking = {
  async ask({ port, ms }) {
    const until = performance.now() + ms
    const done = await Promise.all(Array.from({ length: CONNECTIONS }, () => askOver(port, until)))
    const [first] = done
    return {
      requestsPerSecond: done.reduce((sum, { answers }) => sum + answers, 0) / (ms / 1_000),
      bodyBytes: first?.bodyBytes ?? 0,
    }
  },
}
answerCommands(commands)

/** All answers are equally long, so after the first only bytes are counted. */
function askOver(port: number, until: number): Promise<{ answers: number; bodyBytes: number }> {
  const request = `GET /api/picture HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n`
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
