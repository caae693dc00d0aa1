import { once } from 'node:events'
import { createServer } from 'node:http'
import { answerCommands } from '../support/child.ts'

export type QuietHosts = {
  /** Answers at these loopback addresses, all on one port; returns the port. */
  open(addresses: readonly string[]): Promise<number>
  /** When each host, by its index, was first asked since the last call, in ms since the epoch. */
  firstRequests(): [host: number, at: number][]
}

let firstRequestAt = new Map<number, number>()

const commands: QuietHosts = {
  // One socket for all: a process may open fewer files than there are hosts.
  async open(addresses) {
    const hosts = new Map(addresses.map((address, host) => [address, host]))
    const server = createServer((request, response) => {
      const host = hosts.get(request.socket.localAddress ?? '')
      if (host !== undefined && !firstRequestAt.has(host)) firstRequestAt.set(host, Date.now())
      response.writeHead(304).end()
    })
    server.on('connection', socket => {
      if (!socket.localAddress?.startsWith('127.')) socket.destroy()
    })
    server.listen(0, '0.0.0.0')
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  },
  firstRequests() {
    const requests = [...firstRequestAt]
    firstRequestAt = new Map()
    return requests
  },
}
answerCommands(commands)
