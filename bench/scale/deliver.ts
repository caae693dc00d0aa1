import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../test/support/free-port.ts'
import type { TemporaryRedis } from '../../test/support/temporary-redis.ts'
import type { Load } from '../fanout/load.ts'
import { type OwnServer, startServer } from '../join/server.ts'
import { happen } from '../join/world.ts'
import { startChild } from '../support/child.ts'
import { sharedNow } from '../support/clock.ts'
import { soon } from '../support/soon.ts'

const WARM_UP = 10
/** For how long a Redis and servers that have nothing to tell are watched, in ms. */
const IDLE_MS = 3_000
/** Longer than any machine takes for an event, in ms: it was lost. */
const PATIENCE_MS = 60_000

export type Delivery = {
  /** Of all servers together, heartbeats and all. */
  cpuSecondsPerDelivery: number
  deliveriesPerSecond: number
  /** Of Redis, for one event, without what it does while nothing happens. */
  redisUsPerEvent: number
}

/** So many events, one at a time, to clients that are spread over so many servers. */
export async function deliver(
  redis: TemporaryRedis,
  { servers: count, clients, events }: { servers: number; clients: number; events: number },
): Promise<Delivery> {
  const ports = await Promise.all(Array.from({ length: count }, freePort))
  const servers = ports.map(port => startServer(redis.url, port))
  const load = startChild<Load>(new URL('../fanout/load.ts', import.meta.url), { core: 1 })
  try {
    await Promise.all(servers.map(server => server.start()))
    for (const port of ports) await load.ask('connect', { port, clients: clients / count, dialect: 'socket.io' })
    await load.ask('rounds', clients)
    const round = async (number: number) => {
      await happen(redis.redis, number)
      await soon(load.ask('completed', number), PATIENCE_MS, `event ${number} did not reach everybody`)
    }
    for (let number = 0; number < WARM_UP; number++) await round(number)

    const idleBefore = await redisSeconds(redis)
    await sleep(IDLE_MS)
    const idlePerSecond = ((await redisSeconds(redis)) - idleBefore) / (IDLE_MS / 1_000)

    const cpuBefore = [secondsOf(servers), await redisSeconds(redis)] as const
    const began = sharedNow()
    for (let number = WARM_UP; number < WARM_UP + events; number++) await round(number)
    const seconds = (sharedNow() - began) / 1_000
    const cpu = [secondsOf(servers) - cpuBefore[0], (await redisSeconds(redis)) - cpuBefore[1]] as const

    const { least, most } = await load.ask('counts')
    if (least !== most) throw new Error(`one client got ${least} events and another ${most}`)
    return {
      cpuSecondsPerDelivery: cpu[0] / (events * clients),
      deliveriesPerSecond: (events * clients) / seconds,
      redisUsPerEvent: ((cpu[1] - idlePerSecond * seconds) / events) * 1e6,
    }
  } finally {
    await Promise.all([load.stop(), ...servers.map(server => server.kill())])
  }
}

const secondsOf = (servers: readonly OwnServer[]): number =>
  servers.reduce((sum, server) => sum + server.cpuSeconds(), 0)

/** Processor seconds that Redis has used, to the µs. @see https://redis.io/docs/latest/commands/info/ */
async function redisSeconds({ redis }: TemporaryRedis): Promise<number> {
  const info = await redis.info('cpu')
  const field = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1])
  return field('used_cpu_sys') + field('used_cpu_user')
}
