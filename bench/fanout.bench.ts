import { clientCounts } from './fanout/client-count.ts'
import { eventOf } from './fanout/event.ts'
import { type Matching, measureMatching } from './fanout/matching.ts'
import { type Contender, type Measurement, measure } from './fanout/measure.ts'
import { sayWhenBusy } from './support/busy.ts'
import { canPin } from './support/cores.ts'
import { median, rounded } from './support/figures.ts'

/** What one event to thousands of open pages costs, beside the least that Node can do and beside socket.io as it comes. */

const ROUNDS = 3
const ws: Contender = { name: 'ws', server: 'ws-server.ts', dialect: 'plain' }
const stock: Contender = { name: 'socket.io', server: 'stock-server.ts', dialect: 'socket.io' }
const ours: Contender = { name: 'nephoscope', server: 'our-server.ts', dialect: 'socket.io' }
/** In each round of the whole another one begins, so that none has the quiet moments for itself. */
const orders = [
  [ws, stock, ours],
  [stock, ours, ws],
  [ours, ws, stock],
]
type Measured = ReadonlyMap<Contender, readonly Measurement[]>

const counts = clientCounts(process.env)
const bytes = Buffer.byteLength(JSON.stringify(eventOf(0)))
const where = canPin ? 'server on core 0, clients on core 1' : 'cores are not pinned here'
console.log(`An event of ${bytes} bytes to ${counts.join(' and ')} clients; ${where}.`)
sayWhenBusy()

const figures: ReturnType<typeof figuresOf>[] = []
for (const clients of counts) {
  const measured = await compare(clients)
  const its = figuresOf(clients, measured, await measureMatching(ours, clients))
  console.log(`  ${JSON.stringify(its)}`)
  figures.push(its)
}
const [first, ...larger] = figures
console.log(JSON.stringify({ bench: 'fanout', bytes, ...first, larger }))

async function compare(clients: number): Promise<Measured> {
  const measured = new Map<Contender, Measurement[]>([ws, stock, ours].map(contender => [contender, []]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const contender of orders[round % orders.length] ?? []) {
      const measurement = await measure(contender, clients)
      measured.get(contender)?.push(measurement)
      console.log(`  ${clients} clients, round ${round + 1}  ${describe(contender, measurement)}`)
    }
  }
  return measured
}

function figuresOf(clients: number, measured: Measured, { idleCpuSeconds, cpuSecondsPerEvent }: Matching) {
  const values = (contender: Contender, figure: keyof Measurement): number[] =>
    (measured.get(contender) ?? []).map(measurement => measurement[figure])
  /** A ratio within one round of the whole is less touched by what else the machine does than one across rounds. */
  const ratio = (figure: keyof Measurement, peer: Contender): number => {
    const theirs = values(peer, figure)
    return rounded(median(values(ours, figure).map((value, round) => value / (theirs[round] ?? Number.NaN))), 2)
  }
  const perDelivery = values(ours, 'cpuSecondsPerDelivery')
  const sendingAlone = values(ours, 'secondsPerRound').map(
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
    idleUsPerClientSecond: rounded(idleCpuSeconds * 1e6, 2),
  }
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
