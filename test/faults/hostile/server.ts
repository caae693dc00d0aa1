import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { SourceKind } from '../../../shared/domain/source.ts'
import type { Abuse } from './abuse.ts'

/** A source on loopback. */
export type Site = {
  id: string
  kind: SourceKind
  url: string
  heavy: boolean
  /** How often it was connected to so far. */
  visits(): number
  /** Calls back at each connection from now on. */
  onVisit(listener: () => void): void
  close(): void
}

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url))
const tls = { key: fixture('key.pem'), cert: fixture('localhost.pem') }

/** Opens the server that commits the abuse, on a port of its own, so that none waits for another's turn. */
export async function openSite(abuse: Abuse): Promise<Site> {
  const sockets = new Set<Socket>()
  let visits = 0
  let onVisit = (): void => {}
  const onConnection = (socket: Socket) => {
    visits++
    onVisit()
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    if (abuse.greets) abuse.greets(socket)
    else if (abuse.tls !== 'not spoken') whenAsked(socket, abuse.answers)
  }
  const server: Server =
    abuse.tls === 'spoken'
      ? createTlsServer(tls, onConnection).on('tlsClientError', () => {
          visits++
        })
      : createServer({ allowHalfOpen: true }, onConnection)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    id: abuse.name,
    kind: abuse.kind,
    url: `http${abuse.tls ? 's' : ''}://127.0.0.1:${address.port}/`,
    heavy: abuse.heavy === true,
    visits: () => visits,
    onVisit(listener) {
      onVisit = listener
    },
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

function whenAsked(socket: Socket, answers: Abuse['answers']): void {
  let head = ''
  socket.on('data', chunk => {
    head += chunk
    if (!head.endsWith('\r\n\r\n')) return
    head = ''
    answers(socket)
  })
}
