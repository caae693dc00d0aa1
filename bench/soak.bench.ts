import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../test/support/free-port.ts'
import { temporaryRedis, until } from '../test/support/temporary-redis.ts'
import { chained } from './join/chain.ts'
import type { Returning } from './join/returning.ts'
import { startServer } from './join/server.ts'
import { happen, seed } from './join/world.ts'
import { sayWhenBusy } from './support/busy.ts'
import { startChild } from './support/child.ts'
import { median, rounded } from './support/figures.ts'

/** Whether a server grows that runs for long: how much more memory it has at the end than once it had settled. */

const MINUTES = Number(process.env.BENCH_MINUTES || 6)
const CLIENTS = Number(process.env.BENCH_CLIENTS || 5_000)
const EVENTS_PER_SECOND = 20
/** It settles in the first sixth: ten minutes of an hour. */
const SETTLED = 1 / 6
const LOOK_EVERY_MS = 1_000
const PATIENCE_S = 60

const redis = await temporaryRedis()
const port = await freePort()
const server = startServer(redis.url, port)
const returning = startChild<Returning>(new URL('join/returning.ts', import.meta.url), { core: 1 })
try {
  await seed(redis.redis)
  const head = await happen(redis.redis, 0)
  await server.start()
  await returning.ask('connect', { port, clients: CLIENTS, since: head })
  console.log(`${CLIENTS} clients, ${EVENTS_PER_SECOND} events/s, ${MINUTES} minutes`)
  sayWhenBusy()

  const looks: number[] = []
  let events = 0
  let chain = 0
  const began = performance.now()
  const end = began + MINUTES * 60_000
  for (let next = began; next < end; next += 1_000 / EVENTS_PER_SECOND) {
    chain = chained(chain, await happen(redis.redis, events++))
    const now = performance.now()
    if (now - began >= looks.length * LOOK_EVERY_MS) looks.push(server.rssBytes())
    await sleep(Math.max(0, next - now))
  }
  await until(async () => (await returning.ask('current', events)) === CLIENTS, 'everybody to be current', PATIENCE_S)
  const wrong = (await returning.ask('chains')).filter(one => one.events !== events || one.chain !== chain)
  if (wrong.length > 0) throw new Error(`some got other events than there were: ${JSON.stringify(wrong)}`)

  const sixths = Array.from({ length: 6 }, (_, n) =>
    median(looks.slice(Math.floor((looks.length * n) / 6), Math.floor((looks.length * (n + 1)) / 6))),
  )
  const window = Math.max(1, Math.floor(looks.length * SETTLED))
  const settled = median(looks.slice(window, window * 2))
  const last = median(looks.slice(-window))
  const mb = (bytes: number) => Math.round(bytes / 1024 / 1024)
  console.log(`  MB in each sixth: ${sixths.map(mb).join(', ')}`)
  console.log(
    `  ${events} events, all of them at all clients; ${mb(settled)} MB once settled, ${mb(last)} MB in the end`,
  )
  const rssGrowthPercent = rounded((last / settled - 1) * 100, 1)
  console.log(JSON.stringify({ bench: 'soak', clients: CLIENTS, minutes: MINUTES, events, rssGrowthPercent }))
} finally {
  await Promise.all([returning.stop(), server.kill()])
  await redis.close()
}
