import { setTimeout as sleep } from 'node:timers/promises'
import type { Served } from '../test/simulator/routes.ts'
import { startStack } from '../test/support/stack.ts'
import { changesOf } from './latency/changes.ts'
import type { Clients } from './latency/clients.ts'
import { follow, type Way } from './latency/follow.ts'
import { sayWhenBusy } from './support/busy.ts'
import { startChild } from './support/child.ts'
import { quantile, rounded } from './support/figures.ts'

/** How long a change takes from the source's response to the last of all clients, on the whole real stack. */

const CLIENTS = 200
const ROUNDS = 10
/** The sources are polled every half second or, while they are quiet, up to twice as rarely. */
const EVERY_MS = 500

const served: Served[] = []
const stack = await startStack({ story: 'road', every: `${EVERY_MS}ms`, onServed: one => void served.push(one) })
const clients = [0, 1].map(() => startChild<Clients>(new URL('latency/clients.ts', import.meta.url)))
process.once('SIGTERM', () => close().finally(() => process.exit(143)))
try {
  await stack.ready()
  const share = CLIENTS / clients.length
  await Promise.all(clients.map(child => child.ask('connect', { url: stack.url, clients: share })))
  console.log(`${CLIENTS} clients; ${changesOf(0).length} changes a round, one after the other`)
  sayWhenBusy()

  await tell(0)
  console.log('  warmed up')
  const ways: Way[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    const more = await tell(round)
    ways.push(...more)
    console.log(`  round ${round}  ${spread(more.map(way => way.total))}`)
  }
  report(ways)
} finally {
  await close()
}

async function close(): Promise<void> {
  await Promise.all(clients.map(child => child.stop()))
  await stack.close()
}

async function tell(round: number): Promise<Way[]> {
  const ways: Way[] = []
  for (const change of changesOf(round)) {
    ways.push(await follow(change, clients, stack.simulator.apply, served))
    // So that changes do not keep step with the polls.
    await sleep(Math.random() * EVERY_MS)
  }
  return ways
}

function report(ways: readonly Way[]): void {
  console.log(`\nFrom the source's response to the last of ${CLIENTS} clients, ${ways.length} changes:`)
  console.log(`  all            ${spread(ways.map(way => way.total))}`)
  for (const on of new Set(ways.map(way => way.on)))
    console.log(`  ${on.padEnd(14)} ${spread(ways.filter(way => way.on === on).map(way => way.total))}`)
  console.log('Of that:')
  for (const stage of ['read', 'commit', 'deliver', 'spread'] as const)
    console.log(`  ${stage.padEnd(14)} ${spread(ways.map(way => way[stage]))}`)
  const totals = ways.map(way => way.total)
  const [p50Ms, p99Ms] = [quantile(totals, 0.5), quantile(totals, 0.99)].map(ms => rounded(ms, 1))
  console.log(JSON.stringify({ bench: 'latency', clients: CLIENTS, p50Ms, p99Ms }))
}

function spread(values: readonly number[]): string {
  const named = [
    ['p50', 0.5],
    ['p99', 0.99],
    ['max', 1],
  ] as const
  return named.map(([name, share]) => `${name} ${quantile(values, share).toFixed(1).padStart(6)} ms`).join('   ')
}
