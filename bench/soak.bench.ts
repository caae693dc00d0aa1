import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../test/support/free-port.ts'
import { temporaryRedis, until } from '../test/support/temporary-redis.ts'
import type { ReturningClients } from './processes/returning-clients.ts'
import { startServer } from './support/built-server.ts'
import { appendEvent, seedBusyStore } from './support/busy-store.ts'
import { startChild } from './support/child.ts'
import { addToChecksum, median, rounded, warnWhenBusy } from './support/measuring.ts'

/** Whether the memory of a long-running server grows: its memory at the end against that once it has settled. */

const MINUTES = Number(process.env.BENCH_MINUTES || 6)
const CLIENTS = Number(process.env.BENCH_CLIENTS || 5_000)
const EVENTS_PER_SECOND = 20
/** The share of the run in which memory settles: ten minutes of an hour. */
const SETTLING_SHARE = 1 / 6
const SAMPLE_INTERVAL_MS = 1_000
const PATIENCE_S = 60

const redis = await temporaryRedis()
const port = await freePort()
const server = startServer(redis.url, port)
const returning = startChild<ReturningClients>('returning-clients', { core: 1 })
try {
  await seedBusyStore(redis.redis)
  const head = await appendEvent(redis.redis, 0)
  await server.start()
  await returning.ask('connect', { port, clients: CLIENTS, since: head })
  console.log(`${CLIENTS} clients, ${EVENTS_PER_SECOND} events/s, ${MINUTES} minutes`)
  warnWhenBusy()

  const samples: number[] = []
  let events = 0
  let checksum = 0
  const startedAt = performance.now()
  const end = startedAt + MINUTES * 60_000
  for (let next = startedAt; next < end; next += 1_000 / EVENTS_PER_SECOND) {
    checksum = addToChecksum(checksum, await appendEvent(redis.redis, events++))
    const now = performance.now()
    if (now - startedAt >= samples.length * SAMPLE_INTERVAL_MS) samples.push(server.rssBytes())
    await sleep(Math.max(0, next - now))
  }
  await until(async () => (await returning.ask('current', events)) === CLIENTS, 'everybody to be current', PATIENCE_S)
  const wrong = (await returning.ask('sequences')).filter(one => one.events !== events || one.checksum !== checksum)
  if (wrong.length > 0) throw new Error(`some got other events than there were: ${JSON.stringify(wrong)}`)

  const sixths = Array.from({ length: 6 }, (_, n) =>
    median(samples.slice(Math.floor((samples.length * n) / 6), Math.floor((samples.length * (n + 1)) / 6))),
  )
  const window = Math.max(1, Math.floor(samples.length * SETTLING_SHARE))
  const settled = median(samples.slice(window, window * 2))
  const last = median(samples.slice(-window))
  const mb = (bytes: number) => Math.round(bytes / 1024 / 1024)
  console.log(`  MB in each sixth: ${sixths.map(mb).join(', ')}`)
  console.log(`  ${events} events, all at all clients; ${mb(settled)} MB once settled, ${mb(last)} MB in the end`)
  const rssGrowthPercent = rounded((last / settled - 1) * 100, 1)
  console.log(JSON.stringify({ bench: 'soak', clients: CLIENTS, minutes: MINUTES, events, rssGrowthPercent }))
} finally {
  await Promise.all([returning.stop(), server.kill()])
  await redis.close()
}
