import { startChild } from '../support/child.ts'
import { quantile } from '../support/figures.ts'
import { soon } from '../support/soon.ts'
import type { Broadcaster } from './broadcaster.ts'
import type { DialectName } from './dialects.ts'
import type { Load } from './load.ts'

const WARM_UP = 5
const ROUNDS = 40
/** Longer than any machine takes for a round, in ms: an event was lost. */
const PATIENCE_MS = 30_000

export type Contender = { name: string; server: string; dialect: DialectName }

export type Measurement = {
  /** Of the server, for one event to one client. */
  cpuSecondsPerDelivery: number
  /** How long a round took, in s: heartbeats go on meanwhile. */
  secondsPerRound: number
  /** Of the clients; it must be about the same for all servers, and less than theirs. */
  clientCpuSecondsPerDelivery: number
  /** From the beginning of a broadcast until the last client has it. */
  lastClientP50Ms: number
  lastClientP99Ms: number
  /** Resident memory that each further client adds to the server. */
  bytesPerClient: number
}

/** One server and its clients, each in a process and on a core of its own; one event at a time to all of them. */
export async function measure({ server: file, dialect }: Contender, clients: number): Promise<Measurement> {
  const server = startChild<Broadcaster>(new URL(file, import.meta.url), { core: 0, flags: ['--expose-gc'] })
  const load = startChild<Load>(new URL('load.ts', import.meta.url), { core: 1 })
  try {
    const port = await server.ask('port')
    // The first clients also fill what the start left free and warm the code up: memory is counted from there on.
    const first = Math.floor(clients / 5)
    await load.ask('connect', { port, clients: first, dialect })
    const rssBefore = await server.ask('rssBytes')
    await load.ask('connect', { port, clients: clients - first, dialect })
    const rssAfter = await server.ask('rssBytes')

    await load.ask('rounds', clients)
    const round = async (number: number): Promise<number> => {
      const began = await server.ask('broadcast', { sequence: number })
      const completed = load.ask('completed', number)
      return (await soon(completed, PATIENCE_MS, `${file}: event ${number} did not reach everybody`)) - began
    }
    for (let number = 0; number < WARM_UP; number++) await round(number)
    const cpuBefore = await Promise.all([server.ask('cpuSeconds'), load.ask('cpuSeconds')])
    const times: number[] = []
    const began = performance.now()
    for (let number = WARM_UP; number < WARM_UP + ROUNDS; number++) times.push(await round(number))
    const seconds = (performance.now() - began) / 1_000
    const cpuAfter = await Promise.all([server.ask('cpuSeconds'), load.ask('cpuSeconds')])

    const { least, most } = await load.ask('counts')
    if (least !== most) throw new Error(`${file} sent ${least} events to one client and ${most} to another`)
    return {
      cpuSecondsPerDelivery: (cpuAfter[0] - cpuBefore[0]) / (ROUNDS * clients),
      secondsPerRound: seconds / ROUNDS,
      clientCpuSecondsPerDelivery: (cpuAfter[1] - cpuBefore[1]) / (ROUNDS * clients),
      lastClientP50Ms: quantile(times, 0.5),
      lastClientP99Ms: quantile(times, 0.99),
      bytesPerClient: (rssAfter - rssBefore) / (clients - first),
    }
  } finally {
    await Promise.all([load.stop(), server.stop()])
  }
}
