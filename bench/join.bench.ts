import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../test/support/free-port.ts'
import { temporaryRedis, until } from '../test/support/temporary-redis.ts'
import type { FanoutClients } from './processes/fanout-clients.ts'
import type { PeerJoins } from './processes/peer-joins.ts'
import type { ReturningClients } from './processes/returning-clients.ts'
import type { SnapshotLoad } from './processes/snapshot-load.ts'
import { startServer } from './support/built-server.ts'
import { appendEvent, seedBusyStore } from './support/busy-store.ts'
import { type Child, startChild } from './support/child.ts'
import { addToChecksum, inTurns, median, quantile, rounded, sharedNow, warnWhenBusy } from './support/measuring.ts'
import { maskedTextFrame, openWebsocket } from './support/websocket.ts'

/**
 * The cost of joining: the snapshot beside a bare server with the same bytes, and thousands of clients that return,
 * beside the same return to a bare `ws` server and to socket.io, and beside those who stay.
 */

const CLIENTS = Number(process.env.BENCH_CLIENTS || 10_000)
const ROUNDS = 5
const ASKING_MS = 2_000
/** Events while all are connected, and again while the server is down. */
const EVENTS = 20
/** Longer than a page waits before it reconnects. */
const PATIENCE_S = 60

/** Of those who stay while others join: clients, events a second, and events while all is quiet. */
const STAYING = 500
const STAYED_EVENTS_PER_SECOND = 5
const QUIET_EVENTS = 60

const redis = await temporaryRedis()
const port = await freePort()
const server = startServer(redis.url, port)
const running: { stop(): Promise<void> }[] = [{ stop: () => server.kill() }]
const started = <C extends { stop(): Promise<void> }>(child: C): C => {
  running.push(child)
  return child
}
try {
  const records = await seedBusyStore(redis.redis)
  const first = await appendEvent(redis.redis, 0)
  await server.start()
  /** Of a start that nobody waits for. It is taken off what clients cost, as the start of a peer is. */
  const startCpuSeconds = server.cpuSeconds()
  warnWhenBusy()
  const snapshots = await compareSnapshots()
  const ours = await returnToOurs(first, startCpuSeconds)
  const stayed = await stayWhileOthersJoin()
  await server.kill()
  const bare = await returnToBare(ours.messages)
  const stock = await returnToStock()

  const vsBareJoin = rounded(ours.reconnectAllMs / bare.reconnectAllMs, 2)
  const vsBareJoinCpu = rounded(ours.usEach / bare.usEach, 2)
  const vsStockJoin = rounded(ours.usEach / stock.usEach, 2)
  const vsStockJoinTime = rounded(ours.reconnectAllMs / stock.reconnectAllMs, 2)
  const stayedP99VsQuiet = rounded(stayed.p99Ms / stayed.quietP99Ms, 2)
  console.log(`  until all are current ÷ bare ws: ${vsBareJoin}, processor time ÷ bare ws: ${vsBareJoinCpu} (goal 1.5)`)
  console.log(
    `  processor time ÷ socket.io with recovery: ${vsStockJoin} (goal 0.5), until all are current: ${vsStockJoinTime}`,
  )
  console.log(`  p99 of those who stay ÷ their quiet one: ${stayedP99VsQuiet} (goal 2)`)
  const { reconnectAllMs, startMs, usEach } = ours
  const ratios = { vsBareJoin, vsBareJoinCpu, vsStockJoin, vsStockJoinTime, stayedP99VsQuiet }
  const figures = { ...snapshots, reconnectAllMs, startMs, perClientMs: usEach / 1_000, liveP99Ms: stayed.p99Ms }
  console.log(
    JSON.stringify({ bench: 'join', ...records, clients: CLIENTS, ...figures, ...ratios, stockRestart: stock.restart }),
  )
} finally {
  await Promise.all(running.map(one => one.stop()))
  await redis.close()
}

/** The server is killed, and its successor has to bring everybody up to date. */
async function returnToOurs(since: string, startCpuSeconds: number) {
  const returning = started(startChild<ReturningClients>('returning-clients', { core: 1 }))
  await returning.ask('connect', { port, clients: CLIENTS, since })
  const ids: string[] = []
  const appendEvents = async () => {
    for (let n = 0; n < EVENTS; n++) ids.push(await appendEvent(redis.redis, ids.length))
  }
  await appendEvents()
  await allHave(returning, ids.length)
  await sleep(6_000) // a heartbeat has given all clients the time over which to spread their return
  const messages = await messagesTo(since) // now, so that they name the same time

  await server.kill()
  await appendEvents()
  const startedAt = performance.now()
  const startMs = await server.start() // returning clients delay its answer to us, so all counts from its start
  await allHave(returning, ids.length)
  const reconnectAllMs = Math.round(performance.now() - startedAt)
  const usEach = Math.round(((server.cpuSeconds() - startCpuSeconds) * 1e6) / CLIENTS)

  const expected = ids.reduce(addToChecksum, 0)
  const sequences = await returning.ask('sequences')
  const wrong = sequences.filter(({ checksum, events }) => checksum !== expected || events !== ids.length)
  if (wrong.length > 0) throw new Error(`some got other events than there were: ${JSON.stringify(wrong)}`)
  console.log(
    `  ${CLIENTS} clients: the new server was ready for us after ${startMs} ms, all had all ${reconnectAllMs} ms after its start; ` +
      `${await returning.ask('resets')} resets, ${await returning.ask('refused')} attempts in vain, ${usEach} µs of the server for each, without the ${Math.round(startCpuSeconds * 1_000)} ms of its start`,
  )
  await returning.stop()
  return { reconnectAllMs, startMs, usEach, messages }
}

async function allHave(clients: Child<ReturningClients>, events: number): Promise<void> {
  await until(async () => (await clients.ask('current', events)) === CLIENTS, 'everybody to have all', PATIENCE_S)
}

/** What our server says to a client that returns and has missed as many events as the others, in two parts. */
async function messagesTo(since: string): Promise<{ open: string[]; joined: string[] }> {
  const texts: string[] = []
  let leave = () => {}
  openWebsocket(port, '/socket.io/?EIO=4&transport=websocket', {
    open: () => undefined,
    message(bytes, start, end, socket) {
      leave = () => socket.destroy()
      if (texts.length === 0) socket.write(maskedTextFrame(`40${JSON.stringify({ channels: ['all'], since })}`))
      texts.push(bytes.toString('utf8', start, end))
    },
    end: () => undefined,
  })
  const isEvent = (text: string) => text.startsWith('42["event"')
  await until(() => texts.filter(isEvent).length >= EVENTS, 'the missed events', PATIENCE_S)
  leave()
  const [open = '', ...rest] = texts
  return { open: [open], joined: [...rest.filter(text => !isEvent(text)), ...rest.filter(isEvent).slice(0, EVENTS)] }
}

/** The same return to a bare `ws` server that sends the same bytes. */
async function returnToBare(messages: { open: string[]; joined: string[] }) {
  const barePort = await freePort()
  const returning = started(startChild<ReturningClients>('returning-clients', { core: 1 }))
  const start = async () => {
    const bare = started(startChild<PeerJoins>('peer-joins', { core: 0, args: ['ws'] }))
    await bare.ask('say', messages)
    return { bare, startCpuSeconds: await bare.ask('listen', barePort) }
  }
  const before = await start()
  await returning.ask('connect', { port: barePort, clients: CLIENTS, since: '0-0' })
  await allHave(returning, EVENTS)
  await before.bare.stop()
  const startedAt = performance.now()
  const { bare, startCpuSeconds } = await start()
  await allHave(returning, 2 * EVENTS)
  const reconnectAllMs = Math.round(performance.now() - startedAt)
  const usEach = Math.round((((await bare.ask('cpuSeconds')) - startCpuSeconds) * 1e6) / CLIENTS)
  console.log(`  bare ws: all had all ${reconnectAllMs} ms after its start, ${usEach} µs for each, without its start`)
  await Promise.all([bare.stop(), returning.stop()])
  return { reconnectAllMs, usEach }
}

/**
 * To a socket.io with recovery. It keeps sessions in memory: when it is restarted, it knows nobody who returns and has
 * none of the missed events. So the price of bringing clients up to date is that after their connections are cut.
 */
async function returnToStock() {
  const stockPort = await freePort()
  const start = async () => {
    const stock = started(startChild<PeerJoins>('peer-joins', { core: 0, args: ['socket.io'] }))
    return { stock, startCpuSeconds: await stock.ask('listen', stockPort) }
  }
  const { stock } = await start()
  const returning = started(startChild<ReturningClients>('returning-clients', { core: 1 }))
  await returning.ask('connect', { port: stockPort, clients: CLIENTS, since: '', isStock: true })
  await stock.ask('broadcast', EVENTS)
  await allHave(returning, EVENTS)
  const cpuBefore = await stock.ask('cpuSeconds')
  const cutAt = performance.now()
  await stock.ask('cut', EVENTS)
  await allHave(returning, 2 * EVENTS)
  const reconnectAllMs = Math.round(performance.now() - cutAt)
  const usEach = Math.round((((await stock.ask('cpuSeconds')) - cpuBefore) * 1e6) / CLIENTS)
  console.log(`  socket.io with recovery: all had all ${reconnectAllMs} ms after they were cut, ${usEach} µs for each`)

  const joins = await returning.ask('joins')
  await stock.stop()
  const startedAt = performance.now()
  const next = await start()
  await next.stock.ask('broadcast', EVENTS) // at once, as events of ours are written before its successor starts
  await until(async () => (await returning.ask('joins')) >= joins + CLIENTS, 'everybody to be back', PATIENCE_S)
  const backMs = Math.round(performance.now() - startedAt)
  const restartUsEach = Math.round((((await next.stock.ask('cpuSeconds')) - next.startCpuSeconds) * 1e6) / CLIENTS)
  const got = (await returning.ask('sequences')).reduce((sum, { events, clients }) => sum + events * clients, 0)
  const missed = 3 * EVENTS * CLIENTS - got
  console.log(
    `  socket.io restarted: all were back after ${backMs} ms, ${restartUsEach} µs for each, ` +
      `and missed ${missed} of ${EVENTS * CLIENTS} events`,
  )
  await Promise.all([next.stock.stop(), returning.stop()])
  return { reconnectAllMs, usEach, restart: { backMs, perClientMs: restartUsEach / 1_000, missed } }
}

/** How long events take to reach the last of those who stay: in quiet, and while as many as returned join anew. */
async function stayWhileOthersJoin() {
  const staying = started(startChild<FanoutClients>('fanout-clients', { core: 1 }))
  await staying.ask('connect', { port, clients: STAYING, dialect: 'socket.io' })
  await sleep(1_000)
  await staying.ask('rounds', STAYING)
  let round = 0
  const oneEvent = async (): Promise<number> => {
    const wait = sleep(1_000 / STAYED_EVENTS_PER_SECOND)
    const sentAt = sharedNow()
    await appendEvent(redis.redis, round)
    const ms = (await staying.ask('completed', round++)) - sentAt
    await wait
    return ms
  }
  const quiet: number[] = []
  for (let n = 0; n < QUIET_EVENTS; n++) quiet.push(await oneEvent())

  const joining = started(startChild<ReturningClients>('returning-clients', { core: 1 }))
  let areJoining = true
  const joined = joining.ask('connect', { port, clients: CLIENTS, since: await appendEvent(redis.redis, round) })
  await staying.ask('completed', round++)
  const end = joined.finally(() => {
    areJoining = false
  })
  const busy: number[] = []
  while (areJoining) busy.push(await oneEvent())
  await end
  await Promise.all([joining.stop(), staying.stop()])
  const [p99Ms, quietP99Ms] = [quantile(busy, 0.99), quantile(quiet, 0.99)]
  console.log(
    `  ${STAYING} who stay: p99 ${quietP99Ms.toFixed(1)} ms of ${quiet.length} events in quiet, ` +
      `${p99Ms.toFixed(1)} ms of ${busy.length} while ${CLIENTS} join`,
  )
  return { p99Ms: rounded(p99Ms, 1), quietP99Ms }
}

async function compareSnapshots() {
  const bare = started(startChild<SnapshotLoad>('snapshot-load', { core: 0 }))
  const asking = started(startChild<SnapshotLoad>('snapshot-load', { core: 1 }))
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
  await Promise.all([bare.stop(), asking.stop()])
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
