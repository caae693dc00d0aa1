import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../test/support/free-port.ts'
import { startNginx } from '../../test/support/nginx.ts'
import { type TemporaryRedis, until } from '../../test/support/temporary-redis.ts'
import { chained } from '../join/chain.ts'
import type { Returning } from '../join/returning.ts'
import { startServer } from '../join/server.ts'
import { happen } from '../join/world.ts'
import { startChild } from '../support/child.ts'

const EVENTS_PER_SECOND = 20
/** Longer than anybody waits before trying again, in s. */
const PATIENCE_S = 90

export type Roll = { clients: number; events: number; resets: number; refused: number; seconds: number }

/** Two servers behind nginx are restarted one after the other while events go on; throws when a client got anything but each once, in order. */
export async function roll(redis: TemporaryRedis, clients: number): Promise<Roll> {
  const ports = await Promise.all([freePort(), freePort()])
  const servers = ports.map(port => startServer(redis.url, port))
  await Promise.all(servers.map(server => server.start()))
  const nginx = await startNginx(
    ports.map(port => `http://127.0.0.1:${port}`),
    { connections: clients * 4 + 1_000 },
  )
  const returning = startChild<Returning>(new URL('../join/returning.ts', import.meta.url), { core: 1 })
  let telling = true
  try {
    const since = await happen(redis.redis, 0)
    await returning.ask('connect', { port: Number(new URL(nginx.url).port), clients, since })
    const ids: string[] = []
    const teller = (async () => {
      for (; telling; await sleep(1_000 / EVENTS_PER_SECOND)) ids.push(await happen(redis.redis, ids.length))
    })()
    const began = performance.now()
    for (const server of servers) {
      await sleep(6_000) // a pulse has told everybody over how long to spread their return
      await server.stop()
      await server.start()
    }
    telling = false
    await teller
    const current = async () => (await returning.ask('current', ids.length)) === clients
    await until(current, 'everybody to be current', PATIENCE_S)
    const seconds = (performance.now() - began) / 1_000
    const expected = ids.reduce(chained, 0)
    const wrong = (await returning.ask('chains')).filter(one => one.chain !== expected || one.events !== ids.length)
    if (wrong.length > 0) throw new Error(`some got other events than there were: ${JSON.stringify(wrong)}`)
    const [resets, refused] = await Promise.all([returning.ask('resets'), returning.ask('refused')])
    return { clients, events: ids.length, resets, refused, seconds }
  } finally {
    telling = false
    await Promise.all([returning.stop(), nginx.close(), ...servers.map(server => server.kill())])
  }
}
