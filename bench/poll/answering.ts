import { once } from 'node:events'
import { createServer } from 'node:http'
import { answerCommands, type Commands } from '../support/commands.ts'
import { hostOf } from './hosts.ts'

/** Ten thousand hosts that have nothing new to say. */
export type Answering = Commands & {
  /** Opens as many hosts on one port; returns the port. */
  open(hosts: number): Promise<number>
  /** When each host was first asked since the last call, in ms since the epoch. */
  asked(): [host: number, at: number][]
}

let asked = new Map<number, number>()

const commands: Answering = {
  async open(hosts) {
    let port = 0
    for (let host = 0; host < hosts; host++) {
      const server = createServer((_, response) => {
        if (!asked.has(host)) asked.set(host, Date.now())
        response.writeHead(304).end()
      })
      server.listen(port, hostOf(host))
      await once(server, 'listening')
      const address = server.address()
      if (typeof address === 'object' && address !== null) port = address.port
    }
    return port
  },
  asked() {
    const told = [...asked]
    asked = new Map()
    return told
  },
}

answerCommands(commands)
