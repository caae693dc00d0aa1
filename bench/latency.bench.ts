import { setTimeout as sleep } from 'node:timers/promises'
import { groupBy } from '../shared/domain/order.ts'
import type { Applied } from '../test/simulator/apply.ts'
import type { Served } from '../test/simulator/routes.ts'
import type { StepInput } from '../test/simulator/step.ts'
import { startStack } from '../test/support/stack.ts'
import type { Arrival, Expected, LatencyClients } from './processes/latency-clients.ts'
import { startChild, withTimeout } from './support/child.ts'
import { quantile, rounded, warnWhenBusy } from './support/measuring.ts'

/** How long a change takes from the source's response to the last of all clients, on the whole real stack. */

const CLIENTS = 200
const ROUNDS = 10
/** The interval of the sources. Quiet sources are polled up to twice as rarely. */
const EVERY_MS = 500

const places: readonly Place[] = [
  { on: 'azure', regions: ['westeurope'], services: ['Storage'], listsResolved: false },
  { on: 'aws', regions: ['eu-west-1'], services: ['AWS Lambda'], listsResolved: true },
  { on: 'google', regions: ['europe-west4'], services: ['Cloud SQL'], listsResolved: true },
  { on: 'github', regions: [], services: ['Actions'], listsResolved: false },
  { on: 'openai', regions: [], services: ['Realtime'], listsResolved: false },
]

const feeds = ['cloud-gazette', 'the-rack', 'region-watch', 'green-grid'] as const

/** Longer than any source stays unpolled: the change was lost. */
const PATIENCE_MS = 20_000

/** A change in the simulated world, and the event by which every client must learn of it. */
type Change = {
  on: string
  step: StepInput
  expected: Expected
  /** How many answers of the source must show it before it counts: absence must be seen twice. */
  readings: 1 | 2
}

type Place = { on: string; regions: string[]; services: string[]; listsResolved: boolean }

/** The stages of one change, in ms. The first three end at instants that are recorded in whole ms. */
type Stages = {
  on: string
  /** From the response until the worker has read it. */
  read: number
  /** Until Redis has appended the event. */
  commit: number
  /** Until the first client has it. */
  deliver: number
  /** Until the last client has it. */
  spread: number
  total: number
}

const served: Served[] = []
const stack = await startStack({ story: 'road', every: `${EVERY_MS}ms`, onServed: one => void served.push(one) })
const clients = [0, 1].map(() => startChild<LatencyClients>('latency-clients'))
process.once('SIGTERM', () => close().finally(() => process.exit(143)))
try {
  await stack.ready()
  const share = CLIENTS / clients.length
  await Promise.all(clients.map(child => child.ask('connect', { url: stack.url, clients: share })))
  console.log(`${CLIENTS} clients; ${changesOf(0).length} changes a round, one after the other`)
  warnWhenBusy()

  await runRound(0)
  console.log('  warmed up')
  const measured: Stages[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    const more = await runRound(round)
    measured.push(...more)
    console.log(`  round ${round}  ${quantilesOf(more.map(stages => stages.total))}`)
  }
  report(measured)
} finally {
  await close()
}

async function close(): Promise<void> {
  await Promise.all(clients.map(child => child.stop()))
  await stack.close()
}

async function runRound(round: number): Promise<Stages[]> {
  const measured: Stages[] = []
  for (const change of changesOf(round)) {
    measured.push(await follow(change))
    // changes must not coincide with the polls
    await sleep(Math.random() * EVERY_MS)
  }
  return measured
}

function report(measured: readonly Stages[]): void {
  console.log(`\nFrom the source's response to the last of ${CLIENTS} clients, ${measured.length} changes:`)
  console.log(`  all            ${quantilesOf(measured.map(stages => stages.total))}`)
  for (const [on, its] of groupBy(measured, stages => stages.on))
    console.log(`  ${on.padEnd(14)} ${quantilesOf(its.map(stages => stages.total))}`)
  console.log('Of that:')
  for (const stage of ['read', 'commit', 'deliver', 'spread'] as const)
    console.log(`  ${stage.padEnd(14)} ${quantilesOf(measured.map(stages => stages[stage]))}`)
  const totals = measured.map(stages => stages.total)
  const [p50Ms, p99Ms] = [quantile(totals, 0.5), quantile(totals, 0.99)].map(ms => rounded(ms, 1))
  console.log(JSON.stringify({ bench: 'latency', clients: CLIENTS, p50Ms, p99Ms }))
}

function quantilesOf(values: readonly number[]): string {
  const named = [
    ['p50', 0.5],
    ['p99', 0.99],
    ['max', 1],
  ] as const
  return named.map(([name, share]) => `${name} ${quantile(values, share).toFixed(1).padStart(6)} ms`).join('   ')
}

function changesOf(round: number): Change[] {
  return [...places.flatMap(place => incidentOn(place, round)), ...feeds.map(feed => articleIn(feed, round))]
}

function incidentOn({ on, listsResolved, ...where }: Place, round: number): Change[] {
  const id = `${on}-${round}`
  const title = `Requests fail for some, case ${id}`
  return [
    {
      on,
      step: { do: 'open', id, on, title, impact: 'major', ...where, text: 'We look into failing requests.' },
      expected: { type: 'incident.opened', title },
      readings: 1,
    },
    {
      on,
      step: { do: 'identify', id, text: 'The cause is identified and a mend is on its stages.' },
      expected: { type: 'incident.updated', title },
      readings: 1,
    },
    {
      on,
      step: { do: 'resolve', id, text: 'Requests succeed again.' },
      expected: { type: 'incident.resolved', title },
      readings: listsResolved ? 1 : 2,
    },
  ]
}

function articleIn(feed: string, round: number): Change {
  const title = `Article ${round} in ${feed}`
  return {
    on: feed,
    step: { do: 'publish', feed, title, summary: 'A new zone has opened near Amsterdam.' },
    expected: { type: 'article.published', title },
    readings: 1,
  }
}

async function follow(change: Change): Promise<Stages> {
  await Promise.all(clients.map(child => child.ask('expect', change.expected)))
  const applied = stack.simulator.apply(change.step)
  const everybody = Promise.all(clients.map(child => child.ask('arrival')))
  const { type, title } = change.expected
  const arrivals = await withTimeout(everybody, PATIENCE_MS, `no ${type} '${title}' at every client`)
  const servedMs = servedAt(applied, change.readings)
  return stagesOf(change, servedMs, arrivals)
}

function servedAt({ source, revision }: Applied, readings: number): number {
  const showing = served.filter(one => one.source === source && one.status === 200 && one.revision >= revision)
  const telling = showing[readings - 1]
  if (telling === undefined) throw new Error(`${source}: the event came before ${readings} responses that show it`)
  return telling.at
}

function stagesOf({ on }: Change, servedMs: number, arrivals: readonly Arrival[]): Stages {
  const [{ id, at } = { id: '', at: '' }] = arrivals
  const readMs = Date.parse(at)
  const appendedMs = Number.parseInt(id, 10)
  const firstMs = Math.min(...arrivals.map(arrival => arrival.firstMs))
  const lastMs = Math.max(...arrivals.map(arrival => arrival.lastMs))
  return {
    on,
    read: readMs - servedMs,
    commit: appendedMs - readMs,
    deliver: firstMs - appendedMs,
    spread: lastMs - firstMs,
    total: lastMs - servedMs,
  }
}
