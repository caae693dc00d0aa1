import { once } from 'node:events'
import { createServer, connect as dial, type Socket } from 'node:net'

/** A network between a browser and a server, which can be cut and taken away. */
export type Line = {
  url: string
  /** Ends everything that is under way; what is dialled anew gets through. */
  cut(): void
  /** From now on nothing gets through, and what is under way ends. */
  down(): void
  up(): void
  close(): Promise<void>
}

/** A line on loopback to a server's address; bytes pass as they are. */
export async function startLine(to: string): Promise<Line> {
  const { hostname, port } = new URL(to)
  const open = new Set<Socket>()
  let standing = true
  const server = createServer(near => {
    if (!standing) return void near.destroy()
    const far = dial({ host: hostname, port: Number(port) })
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('error', () => undefined)
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut,
    down() {
      standing = false
      cut()
    },
    up() {
      standing = true
    },
    async close() {
      server.close()
      cut()
    },
  }
}
