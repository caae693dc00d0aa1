import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../test/support/free-port.ts'
import { temporaryRedis, until } from '../test/support/temporary-redis.ts'
import type { ReturningClients } from './processes/returning-clients.ts'
import type { SnapshotLoad } from './processes/snapshot-load.ts'
import { startServer } from './support/built-server.ts'
import { appendEvent, seedBusyStore } from './support/busy-store.ts'
import { startChild } from './support/child.ts'
import { addToChecksum, inTurns, median, rounded, warnWhenBusy } from './support/measuring.ts'

/** The cost of joining: the snapshot beside a bare server with the same bytes, and thousands of clients that return. */

const CLIENTS = Number(process.env.BENCH_CLIENTS || 10_000)
const ROUNDS = 5
const ASKING_MS = 2_000
/** Events while all are connected, and again while the server is down. */
const EVENTS = 20
/** Longer than a page waits before it reconnects. */
const PATIENCE_S = 60

const redis = await temporaryRedis()
const port = await freePort()
const server = startServer(redis.url, port)
const bare = startChild<SnapshotLoad>('snapshot-load', { core: 0 })
const asking = startChild<SnapshotLoad>('snapshot-load', { core: 1 })
const returning = startChild<ReturningClients>('returning-clients', { core: 1 })
try {
  const records = await seedBusyStore(redis.redis)
  let head = await appendEvent(redis.redis, 0)
  await server.start()
  warnWhenBusy()
  const snapshots = await compareSnapshots()

  await returning.ask('connect', { port, clients: CLIENTS, since: head })
  const ids: string[] = []
  const appendEvents = async () => {
    for (let n = 0; n < EVENTS; n++) {
      head = await appendEvent(redis.redis, ids.length)
      ids.push(head)
    }
  }
  await appendEvents()
  await until(async () => (await returning.ask('current', ids.length)) === CLIENTS, 'everybody to follow', PATIENCE_S)
  await sleep(6_000) // a heartbeat has given all clients the time over which to spread their return

  await server.kill()
  await appendEvents()
  const startedAt = performance.now()
  const startMs = await server.start() // returning clients delay its answer to us, so all counts from its start
  await until(async () => (await returning.ask('current', ids.length)) === CLIENTS, 'everybody to be back', PATIENCE_S)
  const reconnectAllMs = Math.round(performance.now() - startedAt)

  const expected = ids.reduce(addToChecksum, 0)
  const sequences = await returning.ask('sequences')
  const wrong = sequences.filter(({ checksum, events }) => checksum !== expected || events !== ids.length)
  if (wrong.length > 0) throw new Error(`some got other events than there were: ${JSON.stringify(wrong)}`)
  const resets = await returning.ask('resets')
  const usEach = Math.round((server.cpuSeconds() * 1e6) / CLIENTS)
  console.log(
    `  ${CLIENTS} clients: the new server was ready for us after ${startMs} ms, all had all ${reconnectAllMs} ms after its start; ${resets} resets, ` +
      `${await returning.ask('refused')} attempts in vain, ${usEach} µs of the server for each, its start included`,
  )
  console.log(
    JSON.stringify({ bench: 'join', ...records, clients: CLIENTS, ...snapshots, reconnectAllMs, startMs, usEach }),
  )
} finally {
  await Promise.all([bare.stop(), asking.stop(), returning.stop(), server.kill()])
  await redis.close()
}

async function compareSnapshots() {
  const barePort = await bare.ask('copy', `http://127.0.0.1:${port}/api/compact-snapshot`)
  const ours = { port, cpuSeconds: async () => server.cpuSeconds() }
  const theirs = { port: barePort, cpuSeconds: () => bare.ask('cpuSeconds') }
  const run = async (one: typeof ours): Promise<Run> => {
    const before = await one.cpuSeconds()
    const { requestsPerSecond, bodyBytes } = await asking.ask('ask', { port: one.port, ms: ASKING_MS })
    const cpuEach = ((await one.cpuSeconds()) - before) / (requestsPerSecond * (ASKING_MS / 1_000))
    return { requestsPerSecond, bodyBytes, cpuEach }
  }
  for (const one of [ours, theirs]) await run(one) // to warm up
  const rounds: [ours: Run, theirs: Run][] = []
  for (let round = 0; round < ROUNDS; round++) {
    const both = await inTurns(round, run, ours, theirs)
    rounds.push(both)
    console.log(`  round ${round + 1}  ${describe(both[0])}; a bare server ${describe(both[1])}`)
  }
  return {
    snapshotKb: rounded((rounds[0]?.[0].bodyBytes ?? 0) / 1024, 1),
    requestsVsBare: rounded(median(rounds.map(([one, bare]) => one.requestsPerSecond / bare.requestsPerSecond)), 2),
    cpuVsBare: rounded(median(rounds.map(([one, bare]) => one.cpuEach / bare.cpuEach)), 2),
  }
}

type Run = { requestsPerSecond: number; bodyBytes: number; cpuEach: number }

function describe({ requestsPerSecond, cpuEach }: Run): string {
  return `${Math.round(requestsPerSecond)} requests/s, ${Math.round(cpuEach * 1e6)} µs of the processor each`
}
