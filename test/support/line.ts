import { once } from 'node:events'
import { createServer, connect as dial, type NetConnectOpts, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A network between two parts, which can be slow, cut and taken away. */
export type Line = {
  /** As the address of a web server. */
  url: string
  port: number
  /** Breaks everything that is under way; what is dialled anew gets through. */
  cut(): void
  /** From now on nothing gets through, and what is under way breaks. */
  down(): void
  /** All is well again: what was frozen goes on, and slowness is over. */
  up(): void
  /** Each piece that passes takes so long, in ms, and what its size takes at so many bytes a second. */
  slow(latencyMs: number, bytesPerSecond: number): void
  /** Connections stand and new ones are taken, but what is sent waits until the line is up. */
  freeze(): void
  /** What is under way is swallowed from now on, and neither end is told; what is dialled anew gets through. */
  strand(): void
  close(): Promise<void>
}

type Weather = { latencyMs: number; bytesPerSecond: number; thaw: Promise<void> | null }

/**
 * A line on loopback; bytes pass as they are.
 * @param to a server's address, or what says at each connection where it leads
 */
export async function startLine(to: string | (() => NetConnectOpts)): Promise<Line> {
  const where = typeof to === 'string' ? () => hostOf(to) : to
  const open = new Set<Socket>()
  const stranded = new WeakSet<Socket>()
  const weather: Weather = { latencyMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY, thaw: null }
  let thawed = () => {}
  let standing = true

  const server = createServer(near => {
    if (!standing) return breakOff(near)
    const far = dial(where())
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('error', () => undefined)
      one.on('end', () => stranded.has(one) || other.end())
      one.on('close', () => {
        open.delete(one)
        if (!stranded.has(one)) other.destroySoon()
      })
      one.on('data', chunk => void pass(chunk, one, other))
    }
  })

  async function pass(chunk: Buffer, from: Socket, to: Socket): Promise<void> {
    if (stranded.has(from)) return
    const { latencyMs, bytesPerSecond, thaw } = weather
    if (thaw !== null || latencyMs > 0 || bytesPerSecond < Number.POSITIVE_INFINITY) {
      from.pause()
      await thaw
      await sleep(latencyMs + (chunk.length / bytesPerSecond) * 1000)
      if (stranded.has(from)) return
      from.resume()
    }
    if (to.write(chunk)) return
    from.pause()
    to.once('drain', () => from.resume())
  }

  function wellAgain(): void {
    Object.assign(weather, { latencyMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY, thaw: null })
    thawed()
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const cut = () => {
    for (const socket of open) breakOff(socket)
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    cut,
    down() {
      standing = false
      cut()
    },
    up() {
      standing = true
      wellAgain()
    },
    slow: (latencyMs, bytesPerSecond) => void Object.assign(weather, { latencyMs, bytesPerSecond }),
    freeze() {
      weather.thaw ??= new Promise(resolve => {
        thawed = resolve
      })
    },
    strand() {
      for (const socket of open) {
        stranded.add(socket)
        // what waits to be sent does not arrive either
        socket.resume()
      }
    },
    async close() {
      server.close()
      wellAgain()
      for (const socket of open) socket.destroy()
    },
  }
}

/** As a network does that fails; a Unix socket knows no such end. */
function breakOff(socket: Socket): void {
  if (socket.remoteAddress === undefined) socket.destroy()
  else socket.resetAndDestroy()
}

function hostOf(address: string): NetConnectOpts {
  const { hostname, port } = new URL(address)
  return { host: hostname, port: Number(port) }
}
