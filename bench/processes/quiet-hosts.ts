import { once } from 'node:events'
import { createServer } from 'node:http'
import { answerCommands } from '../support/child.ts'

export type QuietHosts = {
  /** Listens at these addresses, all on one port; returns the port. */
  open(addresses: readonly string[]): Promise<number>
  /** When each host, by its index, was first asked since the last call, in ms since the epoch. */
  firstRequests(): [host: number, at: number][]
}

let firstRequestAt = new Map<number, number>()

const commands: QuietHosts = {
  async open(addresses) {
    let port = 0
    for (const [host, hostAddress] of addresses.entries()) {
      const server = createServer((_, response) => {
        if (!firstRequestAt.has(host)) firstRequestAt.set(host, Date.now())
        response.writeHead(304).end()
      })
      server.listen(port, hostAddress)
      await once(server, 'listening')
      const address = server.address()
      if (typeof address === 'object' && address !== null) port = address.port
    }
    return port
  },
  firstRequests() {
    const requests = [...firstRequestAt]
    firstRequestAt = new Map()
    return requests
  },
}
answerCommands(commands)
