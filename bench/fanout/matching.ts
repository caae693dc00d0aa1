import { setTimeout as sleep } from 'node:timers/promises'
import { startChild } from '../support/child.ts'
import { soon } from '../support/soon.ts'
import type { Broadcaster } from './broadcaster.ts'
import { channelOf } from './channel-of.ts'
import type { Load } from './load.ts'
import type { Contender } from './measure.ts'

const CHANNELS = 1_000
/** Channels that one event names: clients in one of a hundred get it. */
const NAMED = 10
const WARM_UP = 100
const ROUNDS = 500
const IDLE_MS = 20_000
const PATIENCE_MS = 30_000

export type Matching = {
  /** Of the server, for an event that one client in a hundred gets, heartbeats included. */
  cpuSecondsPerEvent: number
  /** Of the server while nothing happens, for one client in one second. */
  idleCpuSeconds: number
}

/** Clients spread over a thousand channels: what an event costs that few of them get, and what they cost when there is none. */
export async function measureMatching({ server: file, dialect }: Contender, clients: number): Promise<Matching> {
  const server = startChild<Broadcaster>(new URL(file, import.meta.url), { core: 0, flags: ['--expose-gc'] })
  const load = startChild<Load>(new URL('load.ts', import.meta.url), { core: 1 })
  try {
    const port = await server.ask('port')
    await load.ask('connect', { port, clients, dialect, channels: CHANNELS })
    await load.ask('rounds', (clients / CHANNELS) * NAMED)
    const round = async (number: number) => {
      const channels = Array.from({ length: NAMED }, (_, n) => channelOf((number * NAMED + n) % CHANNELS))
      await server.ask('broadcast', { sequence: number, channels })
      await soon(load.ask('completed', number), PATIENCE_MS, `${file}: event ${number} did not reach its channels`)
    }
    for (let number = 0; number < WARM_UP; number++) await round(number)
    const before = await server.ask('cpuSeconds')
    for (let number = WARM_UP; number < WARM_UP + ROUNDS; number++) await round(number)
    const after = await server.ask('cpuSeconds')
    const { least, most } = await load.ask('counts')
    if (least !== most) throw new Error(`${file} sent ${least} events to one client and ${most} to another`)
    const began = performance.now()
    await sleep(IDLE_MS)
    const idle = (await server.ask('cpuSeconds')) - after
    return {
      cpuSecondsPerEvent: (after - before) / ROUNDS,
      idleCpuSeconds: idle / clients / ((performance.now() - began) / 1000),
    }
  } finally {
    await Promise.all([load.stop(), server.stop()])
  }
}
