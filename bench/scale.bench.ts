import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../test/support/free-port.ts'
import { startNginx } from '../test/support/nginx.ts'
import { temporaryRedis, until } from '../test/support/temporary-redis.ts'
import type { FanoutClients } from './processes/fanout-clients.ts'
import type { ReturningClients } from './processes/returning-clients.ts'
import { type BuiltServer, startServer } from './support/built-server.ts'
import { appendEvent, seedBusyStore } from './support/busy-store.ts'
import { startChild, withTimeout } from './support/child.ts'
import { addToChecksum, canPin, inTurns, median, rounded, sharedNow, warnWhenBusy } from './support/measuring.ts'

/** What a second server brings, what clients cost Redis, and whether clients notice servers that restart in turn. */

const CLIENTS = Number(process.env.BENCH_CLIENTS || 4_000)
const ROUNDS = 3
const EVENTS = 100
/** The numbers of clients for which the cost of Redis is compared. */
const CROWDS = [100, 1_000, 5_000]
const ROLLED_CLIENTS = Math.min(CLIENTS, 2_000)

const WARM_UP_EVENTS = 10
const IDLE_MS = 3_000
/** Longer than any machine takes for an event: the event was lost. */
const PATIENCE_MS = 60_000
const ROLL_EVENTS_PER_SECOND = 20
/** Longer than a client waits before it reconnects. */
const ROLL_PATIENCE_S = 90

type Delivery = {
  cpuSecondsPerDelivery: number
  deliveriesPerSecond: number
  /** Of Redis, for one event, without its idle work. */
  redisUsPerEvent: number
}

type Roll = { clients: number; events: number; resets: number; refused: number; seconds: number }

const redis = await temporaryRedis()
try {
  await seedBusyStore(redis.redis)
  // as operators run it: a sync for each event would be most of Redis' time
  await redis.redis.config('SET', 'appendfsync', 'everysec')
  const where = canPin() ? 'servers share core 0, clients are on core 1' : 'cores are not pinned here'
  console.log(`${cpus().length} cores; ${where}`)
  warnWhenBusy()

  const rounds: { one: Delivery; two: Delivery }[] = []
  for (let n = 0; n < ROUNDS; n++) {
    const measure = async (servers: number) => {
      const delivery = await deliver({ servers, clients: CLIENTS, events: EVENTS })
      console.log(`  ${CLIENTS} clients on ${servers === 1 ? 'one server ' : 'two servers'}  ${describe(delivery)}`)
      return delivery
    }
    const [one, two] = await inTurns(n, measure, 1, 2)
    rounds.push({ one, two })
  }
  const perCpu = median(rounds.map(({ one, two }) => one.cpuSecondsPerDelivery / two.cpuSecondsPerDelivery))
  const twoVsOne = rounded(2 * perCpu, 2)
  console.log(
    `Two servers deliver ${rounded(perCpu, 2)} times as much in a second of the processor as one: with a core for each, ${twoVsOne} times as much in a second.`,
  )

  const redisUsPerEvent: Record<string, number> = {}
  for (const clients of CROWDS) {
    const delivery = await deliver({ servers: 1, clients, events: EVENTS })
    redisUsPerEvent[clients] = rounded(delivery.redisUsPerEvent, 0)
    console.log(
      `  Redis with ${clients} clients on one server: ${redisUsPerEvent[clients]} µs of the processor an event`,
    )
  }
  const [few = Number.NaN, , many = Number.NaN] = CROWDS.map(clients => redisUsPerEvent[clients] ?? Number.NaN)

  const { seconds, ...rolled } = await roll(ROLLED_CLIENTS)
  console.log(
    `  ${rolled.clients} clients behind nginx, both servers restarted within ${rounded(seconds, 1)} s: ${rolled.events} events, each once and in order at ` +
      `every client; ${rolled.resets} had to start anew, ${rolled.refused} attempts in vain`,
  )
  console.log(
    JSON.stringify({
      bench: 'scale',
      cores: cpus().length,
      clients: CLIENTS,
      twoVsOne,
      redisUsPerEvent,
      redisManyVsFew: rounded(many / few, 2),
      rolled,
    }),
  )
} finally {
  await redis.close()
}

function describe({ cpuSecondsPerDelivery, deliveriesPerSecond, redisUsPerEvent }: Delivery): string {
  return [
    `${(cpuSecondsPerDelivery * 1e6).toFixed(2)} µs of the servers for a delivery`,
    `${Math.round(deliveriesPerSecond)} deliveries/s`,
    `Redis ${Math.round(redisUsPerEvent)} µs an event`,
  ].join('   ')
}

async function deliver(options: { servers: number; clients: number; events: number }): Promise<Delivery> {
  const { servers: count, clients, events } = options
  const ports = await Promise.all(Array.from({ length: count }, freePort))
  const servers = ports.map(port => startServer(redis.url, port))
  const load = startChild<FanoutClients>('fanout-clients', { core: 1 })
  try {
    await Promise.all(servers.map(server => server.start()))
    for (const port of ports) await load.ask('connect', { port, clients: clients / count, dialect: 'socket.io' })
    await load.ask('rounds', clients)
    const send = async (number: number) => {
      await appendEvent(redis.redis, number)
      await withTimeout(load.ask('completed', number), PATIENCE_MS, `event ${number} did not reach everybody`)
    }
    for (let number = 0; number < WARM_UP_EVENTS; number++) await send(number)

    const idleBefore = await redisSeconds()
    await sleep(IDLE_MS)
    const idlePerSecond = ((await redisSeconds()) - idleBefore) / (IDLE_MS / 1_000)

    const cpuBefore = [secondsOf(servers), await redisSeconds()] as const
    const startedAt = sharedNow()
    for (let number = WARM_UP_EVENTS; number < WARM_UP_EVENTS + events; number++) await send(number)
    const seconds = (sharedNow() - startedAt) / 1_000
    const cpu = [secondsOf(servers) - cpuBefore[0], (await redisSeconds()) - cpuBefore[1]] as const

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

function secondsOf(servers: readonly BuiltServer[]): number {
  return servers.reduce((sum, server) => sum + server.cpuSeconds(), 0)
}

/** Processor seconds that Redis has used, to the µs. @see https://redis.io/docs/latest/commands/info/ */
async function redisSeconds(): Promise<number> {
  const info = await redis.redis.info('cpu')
  const field = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1])
  return field('used_cpu_sys') + field('used_cpu_user')
}

/** Restarts two servers behind nginx in turn while events go on. Each client must get each event once, in order. */
async function roll(clients: number): Promise<Roll> {
  const ports = await Promise.all([freePort(), freePort()])
  const servers = ports.map(port => startServer(redis.url, port))
  await Promise.all(servers.map(server => server.start()))
  const addresses = ports.map(port => `http://127.0.0.1:${port}`)
  const nginx = await startNginx(addresses, { connections: clients * 4 + 1_000 })
  const returning = startChild<ReturningClients>('returning-clients', { core: 1 })
  let isAppending = true
  try {
    const since = await appendEvent(redis.redis, 0)
    await returning.ask('connect', { port: Number(new URL(nginx.url).port), clients, since })
    const ids: string[] = []
    const appending = (async () => {
      for (; isAppending; await sleep(1_000 / ROLL_EVENTS_PER_SECOND))
        ids.push(await appendEvent(redis.redis, ids.length))
    })()
    const startedAt = performance.now()
    for (const server of servers) {
      await sleep(6_000) // a heartbeat has given all clients the time over which to spread their return
      await server.stop()
      await server.start()
    }
    isAppending = false
    await appending
    const current = async () => (await returning.ask('current', ids.length)) === clients
    await until(current, 'everybody to be current', ROLL_PATIENCE_S)
    const seconds = (performance.now() - startedAt) / 1_000
    const expected = ids.reduce(addToChecksum, 0)
    const sequences = await returning.ask('sequences')
    const wrong = sequences.filter(({ checksum, events }) => checksum !== expected || events !== ids.length)
    if (wrong.length > 0) throw new Error(`some got other events than there were: ${JSON.stringify(wrong)}`)
    const [resets, refused] = await Promise.all([returning.ask('resets'), returning.ask('refused')])
    return { clients, events: ids.length, resets, refused, seconds }
  } finally {
    isAppending = false
    await Promise.all([returning.stop(), nginx.close(), ...servers.map(server => server.kill())])
  }
}
