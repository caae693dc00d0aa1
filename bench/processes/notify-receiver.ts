import { once } from 'node:events'
import { createServer } from 'node:http'
import { answerCommands } from '../support/child.ts'
import { sharedNow } from '../support/measuring.ts'

export type NotifyReceiver = {
  /** Listens on loopback; returns the port. */
  open(): Promise<number>
  /** What was taken since the last call: the path, which names the target, and when, in shared ms. */
  taken(): [path: string, at: number][]
}

let taken: [string, number][] = []

const commands: NotifyReceiver = {
  async open() {
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        taken.push([request.url ?? '', sharedNow()])
        response.writeHead(204).end()
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  },
  taken() {
    const all = taken
    taken = []
    return all
  },
}
answerCommands(commands)
