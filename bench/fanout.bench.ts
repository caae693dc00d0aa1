import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { stackChannels } from '../shared/domain/stack-channels.ts'
import type { DialectName, FanoutClients } from './processes/fanout-clients.ts'
import { type BroadcastServer, channelOf, eventOf } from './support/broadcast-server.ts'
import { type Child, startChild, withTimeout } from './support/child.ts'
import { canPin, median, quantile, rounded, warnWhenBusy } from './support/measuring.ts'
import { type OutsideName, outsidePrograms } from './support/outside-programs.ts'
import { channelOfStack, incidentOf, noFacts, thousandStacks } from './support/thousand-stacks.ts'

/** The cost of one event to thousands of open pages, beside the least that Node can do and beside plain socket.io. */

const USUAL_CLIENTS = '5000,10000,15000'
/** Descriptors that a process needs beside one a client. */
const SPARE_DESCRIPTORS = 100
const ROUNDS = 3
/** Events of one measurement: before anything counts, and those that count. */
const WARM_UP_EVENTS = 5
const EVENTS = 40
/** Of the measurement of matching: all channels, the channels that one event names, and its events. */
const CHANNELS = 1_000
const CHANNELS_PER_EVENT = 10
const MATCHING_WARM_UP_EVENTS = 100
const MATCHING_EVENTS = 500
const IDLE_MS = 20_000
/** Longer than any machine takes for an event: the event was lost. */
const PATIENCE_MS = 30_000

const ws: Contender = { name: 'ws', process: 'peer-server', args: ['ws'], dialect: 'plain' }
const stock: Contender = { name: 'socket.io', process: 'peer-server', args: ['socket.io'], dialect: 'socket.io' }
/** Ours with a thousand stacks, of which each event concerns ten. */
const withStacks: Contender = { name: 'nephoscope', process: 'our-server', args: ['stacks'], dialect: 'socket.io' }
const ours: Contender = { name: 'nephoscope', process: 'our-server', args: [], dialect: 'socket.io' }
/** Further peers take part in one round of each number of clients: what they take is told, and no goal is beside them. */
const nats = outside('nats', 'NATS', 'nats')
const nchan = outside('nchan', 'nchan', 'plain')
const bun = outside('bun', 'Bun', 'socket.io')
const bareStreams: Contender = { name: 'http SSE', process: 'peer-server', args: ['sse'], dialect: 'event-stream' }
const ourStreams: Contender = { name: 'our SSE', process: 'our-server', args: ['streams'], dialect: 'event-stream' }
const furtherPeers = [bun, nats, nchan, bareStreams, ourStreams].filter(isAtHand)
/** Each round begins with another contender, so that none has all quiet moments. */
const orders = [
  [ws, stock, ours],
  [stock, ours, ws],
  [ours, ws, stock],
]

type Contender = {
  name: string
  process: string
  args: readonly string[]
  dialect: DialectName
  missing?: () => string | null
}

function outside(program: OutsideName, name: string, dialect: DialectName): Contender {
  const { missing } = outsidePrograms[program]
  return { name, process: 'outside-server', args: [program], dialect, missing }
}

function isAtHand({ name, missing }: Contender): boolean {
  const why = missing?.() ?? null
  if (why !== null) console.log(`Without ${name}: ${why}`)
  return why === null
}

type Measurement = {
  /** Of the server, for one event to one client. */
  cpuSecondsPerDelivery: number
  secondsPerEvent: number
  /** Of the clients; it must be about the same for all servers, and less than theirs. */
  clientCpuSecondsPerDelivery: number
  /** From the beginning of a broadcast until the last client has it. */
  lastClientP50Ms: number
  lastClientP99Ms: number
  bytesPerClient: number
}

type Measured = ReadonlyMap<Contender, readonly Measurement[]>

type Matching = {
  /** Of the server, for an event that one client in a hundred gets, heartbeats included. */
  cpuSecondsPerEvent: number
  /** Of the server while nothing happens, for one client in one second. */
  idleCpuSeconds: number
}

const counts = clientCounts()
const bytes = Buffer.byteLength(JSON.stringify(eventOf(0)))
const where = canPin() ? 'server on core 0, clients on core 1' : 'cores are not pinned here'
console.log(`An event of ${bytes} bytes to ${counts.join(' and ')} clients; ${where}.`)
warnWhenBusy()

const goals = { cpuVsWs: 1, p99VsWs: 1, kbPerClient: 12 }
const figures: ReturnType<typeof figuresOf>[] = []
for (const clients of counts) {
  const measured = await compare(clients)
  const its = figuresOf(
    clients,
    measured,
    await measureMatching(ours, clients),
    await measureMatching(withStacks, clients),
  )
  console.log(`  ${JSON.stringify(its)}`)
  console.log(`  ${clients} clients: ${besideGoals(its)}`)
  figures.push(its)
}
const [first, ...larger] = figures
console.log(JSON.stringify({ bench: 'fanout', bytes, ...measureMembership(), ...first, larger }))

async function compare(clients: number): Promise<Measured> {
  const measured = new Map<Contender, Measurement[]>()
  const take = async (contender: Contender, round: number) => {
    const measurement = await measure(contender, clients)
    measured.set(contender, [...(measured.get(contender) ?? []), measurement])
    console.log(`  ${clients} clients, round ${round + 1}  ${describe(contender, measurement)}`)
  }
  for (let round = 0; round < ROUNDS; round++)
    for (const contender of orders[round % orders.length] ?? []) await take(contender, round)
  for (const contender of furtherPeers)
    await take(contender, 0).catch((error: Error) => {
      if (contender.process !== 'outside-server') throw error
      // a server of others that loses an event has no figure, and does not end the run
      console.log(`  ${clients} clients, ${contender.name} is left out: ${error.message}`)
    })
  return measured
}

function figuresOf(
  clients: number,
  measured: Measured,
  { idleCpuSeconds, cpuSecondsPerEvent }: Matching,
  ofStacks: Matching,
) {
  const values = (contender: Contender, figure: keyof Measurement): number[] =>
    (measured.get(contender) ?? []).map(measurement => measurement[figure])
  /** The median of the ratios within a round, which other work of the machine affects less than those across rounds. */
  const ratio = (figure: keyof Measurement, peer: Contender): number => {
    const theirs = values(peer, figure)
    return rounded(median(values(ours, figure).map((value, round) => value / (theirs[round] ?? Number.NaN))), 2)
  }
  const perDelivery = values(ours, 'cpuSecondsPerDelivery')
  const sendingAlone = values(ours, 'secondsPerEvent').map(
    (seconds, round) => (perDelivery[round] ?? Number.NaN) - idleCpuSeconds * seconds,
  )
  const sendingVsWs = sendingAlone.map(
    (value, round) => value / (values(ws, 'cpuSecondsPerDelivery')[round] ?? Number.NaN),
  )
  return {
    clients,
    cpuVsWs: ratio('cpuSecondsPerDelivery', ws),
    sendingVsWs: rounded(median(sendingVsWs), 2),
    cpuVsStock: ratio('cpuSecondsPerDelivery', stock),
    p99VsWs: ratio('lastClientP99Ms', ws),
    kbPerClient: rounded(median(values(ours, 'bytesPerClient')) / 1024, 1),
    matchingVsAll: rounded(cpuSecondsPerEvent / (median(perDelivery) * clients), 4),
    stacksVsMatching: rounded(ofStacks.cpuSecondsPerEvent / cpuSecondsPerEvent, 2),
    idleUsPerClientSecond: rounded(idleCpuSeconds * 1e6, 2),
    sseVsBare: rounded(
      median(values(ourStreams, 'cpuSecondsPerDelivery')) / median(values(bareStreams, 'cpuSecondsPerDelivery')),
      2,
    ),
    /** Processor time in µs for a delivery, ms to the last client, KB for a client. */
    peers: Object.fromEntries(
      [...measured.keys()].map(contender => [
        contender.name,
        {
          cpu: rounded(median(values(contender, 'cpuSecondsPerDelivery')) * 1e6, 2),
          p99Ms: rounded(median(values(contender, 'lastClientP99Ms')), 1),
          kb: rounded(median(values(contender, 'bytesPerClient')) / 1024, 1),
        },
      ]),
    ),
  }
}

function besideGoals(figures: ReturnType<typeof figuresOf>): string {
  const names = ['cpuVsWs', 'p99VsWs', 'kbPerClient'] as const
  return names.map(name => `${name} ${figures[name]} (goal ${goals[name]})`).join(', ')
}

function describe({ name }: Contender, measurement: Measurement): string {
  const { cpuSecondsPerDelivery, clientCpuSecondsPerDelivery, lastClientP50Ms, lastClientP99Ms, bytesPerClient } =
    measurement
  return [
    name.padEnd(10),
    `CPU s per million deliveries: server ${perMillion(cpuSecondsPerDelivery)}, clients ${perMillion(clientCpuSecondsPerDelivery)}`,
    `last client p50 ${lastClientP50Ms.toFixed(1)} ms, p99 ${lastClientP99Ms.toFixed(1)} ms`,
    `${(bytesPerClient / 1024).toFixed(1)} KB a client`,
  ].join('   ')
}

function perMillion(seconds: number): string {
  return (seconds * 1e6).toFixed(2).padStart(5)
}

/** The numbers of clients to measure with: BENCH_CLIENTS, and no more than a process may hold open. */
function clientCounts(): number[] {
  const possible = openFilesLimit() - SPARE_DESCRIPTORS
  return (process.env.BENCH_CLIENTS || USUAL_CLIENTS).split(',').map(text => {
    const wanted = Number(text)
    // some figures spread the clients evenly over a thousand channels
    if (!Number.isSafeInteger(wanted) || wanted < 1_000 || wanted % 1_000 !== 0)
      throw new Error(`BENCH_CLIENTS is '${process.env.BENCH_CLIENTS}': give thousands, such as 10000,15000`)
    if (wanted <= possible) return wanted
    const fewer = Math.max(1_000, Math.floor(possible / 1_000) * 1_000)
    console.log(
      `Only ${fewer} of ${wanted} clients: raise the open-files limit (ulimit -n ${wanted + SPARE_DESCRIPTORS})`,
    )
    return fewer
  })
}

/** Node raises its own limit to the hard limit when it starts, and its children inherit that. */
function openFilesLimit(): number {
  const limit = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim()
  return limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit)
}

/** Sends one event at a time to all clients. Server and clients each have a process and a core of their own. */
async function measure(contender: Contender, clients: number): Promise<Measurement> {
  return withProcesses(contender, async (server, load) => {
    const port = await server.ask('port')
    // The first clients fill the memory that the start left free and warm up the code: memory counts from there on.
    const first = Math.floor(clients / 5)
    await load.ask('connect', { port, clients: first, dialect: contender.dialect })
    const rssBefore = await server.ask('rssBytes')
    await load.ask('connect', { port, clients: clients - first, dialect: contender.dialect })
    const rssAfter = await server.ask('rssBytes')

    await load.ask('rounds', clients)
    const send = async (number: number): Promise<number> => {
      const startedAt = await server.ask('broadcast', { sequence: number })
      const completed = load.ask('completed', number)
      const complaint = `${contender.name}: event ${number} did not reach everybody`
      return (await withTimeout(completed, PATIENCE_MS, complaint)) - startedAt
    }
    for (let number = 0; number < WARM_UP_EVENTS; number++) await send(number)
    const cpuBefore = await Promise.all([server.ask('cpuSeconds'), load.ask('cpuSeconds')])
    const times: number[] = []
    const startedAt = performance.now()
    for (let number = 0; number < EVENTS; number++) times.push(await send(WARM_UP_EVENTS + number))
    const seconds = (performance.now() - startedAt) / 1_000
    const cpuAfter = await Promise.all([server.ask('cpuSeconds'), load.ask('cpuSeconds')])

    await assertEqualCounts(contender, load)
    return {
      cpuSecondsPerDelivery: (cpuAfter[0] - cpuBefore[0]) / (EVENTS * clients),
      secondsPerEvent: seconds / EVENTS,
      clientCpuSecondsPerDelivery: (cpuAfter[1] - cpuBefore[1]) / (EVENTS * clients),
      lastClientP50Ms: quantile(times, 0.5),
      lastClientP99Ms: quantile(times, 0.99),
      bytesPerClient: (rssAfter - rssBefore) / (clients - first),
    }
  })
}

/** Spreads the clients over a thousand channels: the cost of an event that few get, and of clients without events. */
async function measureMatching(contender: Contender, clients: number): Promise<Matching> {
  return withProcesses(contender, async (server, load) => {
    const port = await server.ask('port')
    const isOfStacks = contender === withStacks
    const nameOf = isOfStacks ? channelOfStack : channelOf
    await load.ask('connect', {
      port,
      clients,
      dialect: contender.dialect,
      channels: Array.from({ length: CHANNELS }, (_, n) => nameOf(n)),
    })
    await load.ask('rounds', (clients / CHANNELS) * CHANNELS_PER_EVENT)
    const send = async (number: number) => {
      const firstChannel = number * CHANNELS_PER_EVENT
      const channels = Array.from({ length: CHANNELS_PER_EVENT }, (_, n) => channelOf((firstChannel + n) % CHANNELS))
      await server.ask('broadcast', isOfStacks ? { sequence: number, isOfStacks } : { sequence: number, channels })
      const complaint = `${contender.name}: event ${number} did not reach its channels`
      await withTimeout(load.ask('completed', number), PATIENCE_MS, complaint)
    }
    for (let number = 0; number < MATCHING_WARM_UP_EVENTS; number++) await send(number)
    const before = await server.ask('cpuSeconds')
    for (let number = 0; number < MATCHING_EVENTS; number++) await send(MATCHING_WARM_UP_EVENTS + number)
    const after = await server.ask('cpuSeconds')
    await assertEqualCounts(contender, load)
    const idleFrom = performance.now()
    await sleep(IDLE_MS)
    const idle = (await server.ask('cpuSeconds')) - after
    return {
      cpuSecondsPerEvent: (after - before) / MATCHING_EVENTS,
      idleCpuSeconds: idle / clients / ((performance.now() - idleFrom) / 1000),
    }
  })
}

/** What it costs a server to find the stacks of an incident: a hundredth of a thousand. */
function measureMembership(): { stackUsPerEvent: number; stackIndexMs: number } {
  const indexFrom = performance.now()
  const { address } = stackChannels(thousandStacks, noFacts)
  const indexMs = performance.now() - indexFrom
  const events = Array.from({ length: MATCHING_WARM_UP_EVENTS + MATCHING_EVENTS }, (_, n) => incidentOf(n))
  for (const event of events.slice(0, MATCHING_WARM_UP_EVENTS)) address(event)
  const from = performance.now()
  const told = events.slice(MATCHING_WARM_UP_EVENTS).map(address)
  const ms = performance.now() - from
  for (const { channels } of told)
    if (channels.filter(channel => channel.startsWith('stack/')).length !== CHANNELS_PER_EVENT)
      throw new Error('an incident does not concern a hundredth of the stacks')
  return { stackUsPerEvent: rounded((ms * 1_000) / MATCHING_EVENTS, 1), stackIndexMs: rounded(indexMs, 1) }
}

type Work<T> = (server: Child<BroadcastServer>, load: Child<FanoutClients>) => Promise<T>

async function withProcesses<T>({ process, args }: Contender, work: Work<T>): Promise<T> {
  const server = startChild<BroadcastServer>(process, { core: 0, flags: ['--expose-gc'], args })
  const load = startChild<FanoutClients>('fanout-clients', { core: 1 })
  try {
    return await work(server, load)
  } finally {
    // politely, as it may have started a program
    await Promise.all([load.stop(), server.stop('SIGTERM')])
  }
}

async function assertEqualCounts({ name }: Contender, load: Child<FanoutClients>): Promise<void> {
  const { least, most } = await load.ask('counts')
  if (least !== most) throw new Error(`${name} sent ${least} events to one client and ${most} to another`)
}
