import { once } from 'node:events'
import { createServer, get } from 'node:http'
import { answerCommands } from '../support/commands.ts'
import { cpuSeconds } from '../support/cpu.ts'

export type Bare = {
  /** Takes what is answered at this address, and gives the same bytes with the same headers to whoever asks. Returns its port. */
  copy(url: string): Promise<number>
  cpuSeconds(): number
}

const commands: Bare = {
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
