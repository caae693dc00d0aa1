import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../test/support/free-port.ts'
import { temporaryRedis, until } from '../test/support/temporary-redis.ts'
import type { LosingClients, ReturnDialect, Tally } from './processes/losing-clients.ts'
import type { BroadcastServer } from './support/broadcast-server.ts'
import { startServer } from './support/built-server.ts'
import { appendEvent } from './support/busy-store.ts'
import { startChild } from './support/child.ts'
import { warnWhenBusy } from './support/measuring.ts'
import { type OutsideName, outsidePrograms } from './support/outside-programs.ts'

/** Who misses what when connections break all the time: ours, socket.io with and without recovery, NATS and nchan. */

const CLIENTS = Number(process.env.BENCH_CLIENTS || 10_000)
const SECONDS = 20
/** The share of connections that breaks in a second, in so many parts, so that they break before and after any event. */
const LOST_PER_SECOND = 0.05
const PARTS_PER_SECOND = 20
const EVENTS_PER_SECOND = 5
/** Longer than any client waits before it reconnects. */
const PATIENCE_S = 60

/** @property since the place in the stream from which clients follow it, where the protocol has one */
type Running = { port: number; since: string; send(sequence: number): Promise<unknown>; stop(): Promise<void> }
type Contender = { name: string; dialect: ReturnDialect; start(): Promise<Running>; missing?: () => string | null }

const contenders: Contender[] = [
  { name: 'nephoscope', dialect: 'nephoscope', start: startOurs },
  { name: 'socket.io', dialect: 'stock', start: () => startPeer('peer-server', 'socket.io') },
  { name: 'with recovery', dialect: 'recovering', start: () => startPeer('peer-server', 'recovering') },
  { name: 'NATS', dialect: 'nats', ...outside('nats') },
  { name: 'nchan', dialect: 'nchan', ...outside('nchan') },
]

console.log(
  `${CLIENTS} clients, ${EVENTS_PER_SECOND} events a second for ${SECONDS} s, meanwhile ${LOST_PER_SECOND * 100} % of the connections break each second.`,
)
warnWhenBusy()
const tallies: Record<string, Tally> = {}
for (const contender of contenders) {
  const why = contender.missing?.() ?? null
  if (why !== null) {
    console.log(`Without ${contender.name}: ${why}`)
    continue
  }
  const tally = await loseConnections(contender)
  tallies[contender.name] = tally
  console.log(`  ${contender.name.padEnd(13)}  ${describe(tally)}`)
}
const { nephoscope: ours, ...peers } = tallies
console.log(JSON.stringify({ bench: 'losses', clients: CLIENTS, ...ours, peers }))
if (ours === undefined || ours.missed > 0 || ours.doubled > 0)
  throw new Error('clients of ours missed events, or got them twice')

async function loseConnections({ dialect, start }: Contender): Promise<Tally> {
  const server = await start()
  const load = startChild<LosingClients>('losing-clients', { core: 1 })
  try {
    let sequence = 0
    const isCurrent = async () => (await load.ask('current')) === CLIENTS
    await load.ask('connect', { port: server.port, clients: CLIENTS, dialect, since: server.since })
    // Nobody can go on from an event before the first.
    await server.send(sequence++)
    await until(isCurrent, 'everybody to follow', PATIENCE_S)

    const parts = SECONDS * PARTS_PER_SECOND
    for (let part = 0; part < parts; part++) {
      if (part % (PARTS_PER_SECOND / EVENTS_PER_SECOND) === 0) await server.send(sequence++)
      await load.ask('cut', LOST_PER_SECOND / PARTS_PER_SECOND)
      await sleep(1_000 / PARTS_PER_SECOND)
    }
    // Those who are still away are back before the last event, or get it when they are.
    await until(
      async () => {
        await server.send(sequence++)
        await sleep(1_000)
        return isCurrent()
      },
      'everybody to be back',
      PATIENCE_S,
    )
    return await load.ask('tally')
  } finally {
    await Promise.all([load.stop(), server.stop()])
  }
}

/** The built server with its store. */
async function startOurs(): Promise<Running> {
  const redis = await temporaryRedis()
  const port = await freePort()
  const server = startServer(redis.url, port)
  const since = await appendEvent(redis.redis, 0)
  await server.start()
  return {
    port,
    since,
    send: sequence => appendEvent(redis.redis, sequence),
    async stop() {
      await server.kill()
      await redis.close()
    },
  }
}

async function startPeer(process: string, name: string): Promise<Running> {
  const server = startChild<BroadcastServer>(process, { core: 0, args: [name] })
  const port = await server.ask('port')
  // politely, as it may have started a program
  return {
    port,
    since: '',
    send: sequence => server.ask('broadcast', { sequence }),
    stop: () => server.stop('SIGTERM'),
  }
}

function outside(name: OutsideName): Pick<Contender, 'start' | 'missing'> {
  return { start: () => startPeer('outside-server', name), missing: outsidePrograms[name].missing }
}

function describe({ events, cuts, missed, missedBy, doubled, resets }: Tally): string {
  return [
    `${events} events, ${cuts} connections broke`,
    `${missed} missed by ${missedBy} clients`,
    `${doubled} doubled`,
    `${resets} resets`,
  ].join('   ')
}
