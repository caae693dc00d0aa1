import { cpus } from 'node:os'
import { temporaryRedis } from '../test/support/temporary-redis.ts'
import { seed } from './join/world.ts'
import { type Delivery, deliver } from './scale/deliver.ts'
import { roll } from './scale/roll.ts'
import { sayWhenBusy } from './support/busy.ts'
import { canPin } from './support/cores.ts'
import { median, rounded } from './support/figures.ts'

/** What a second server brings, what clients cost Redis, and whether anybody notices that servers are restarted in turn. */

const CLIENTS = Number(process.env.BENCH_CLIENTS || 4_000)
const ROUNDS = 3
const EVENTS = 100
/** Clients with whom Redis' cost is compared. */
const CROWDS = [100, 1_000, 5_000]
const ROLLED_CLIENTS = Math.min(CLIENTS, 2_000)

const redis = await temporaryRedis()
try {
  await seed(redis.redis)
  // As operators run it: a sync for each event would be most of Redis' time, however many clients there are.
  await redis.redis.config('SET', 'appendfsync', 'everysec')
  console.log(
    `${cpus().length} cores; ${canPin ? 'servers share core 0, clients are on core 1' : 'cores are not pinned here'}`,
  )
  sayWhenBusy()

  const rounds: { one: Delivery; two: Delivery }[] = []
  for (let n = 0; n < ROUNDS; n++) {
    const measure = async (servers: number) => {
      const delivery = await deliver(redis, { servers, clients: CLIENTS, events: EVENTS })
      console.log(`  ${CLIENTS} clients on ${servers === 1 ? 'one server ' : 'two servers'}  ${say(delivery)}`)
      return delivery
    }
    // In turn one or the other begins.
    const first = await measure(n % 2 === 0 ? 1 : 2)
    const second = await measure(n % 2 === 0 ? 2 : 1)
    rounds.push(n % 2 === 0 ? { one: first, two: second } : { one: second, two: first })
  }
  const perCpu = median(rounds.map(({ one, two }) => one.cpuSecondsPerDelivery / two.cpuSecondsPerDelivery))
  const twoVsOne = rounded(2 * perCpu, 2)
  console.log(
    `Two servers deliver ${rounded(perCpu, 2)} times as much in a second of the processor as one: with a core for each, ${twoVsOne} times as much in a second.`,
  )

  const redisUsPerEvent: Record<string, number> = {}
  for (const clients of CROWDS) {
    const delivery = await deliver(redis, { servers: 1, clients, events: EVENTS })
    redisUsPerEvent[clients] = rounded(delivery.redisUsPerEvent, 0)
    console.log(
      `  Redis with ${clients} clients on one server: ${redisUsPerEvent[clients]} µs of the processor an event`,
    )
  }
  const [few = Number.NaN, , many = Number.NaN] = CROWDS.map(clients => redisUsPerEvent[clients] ?? Number.NaN)

  const { seconds, ...rolled } = await roll(redis, ROLLED_CLIENTS)
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

function say({ cpuSecondsPerDelivery, deliveriesPerSecond, redisUsPerEvent }: Delivery): string {
  return [
    `${(cpuSecondsPerDelivery * 1e6).toFixed(2)} µs of the servers for a delivery`,
    `${Math.round(deliveriesPerSecond)} deliveries/s`,
    `Redis ${Math.round(redisUsPerEvent)} µs an event`,
  ].join('   ')
}
