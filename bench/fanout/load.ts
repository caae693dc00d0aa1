import { sharedNow } from '../support/clock.ts'
import { answerCommands } from '../support/commands.ts'
import { cpuSeconds } from '../support/cpu.ts'
import { channelOf } from './channel-of.ts'
import { connectClient } from './client.ts'
import { type DialectName, dialects } from './dialects.ts'

/** Clients that connect at once; fewer than a listening socket lets wait. */
const WAVE = 100

export type Load = {
  /** Connects so many more; they follow everything, or one after the other each of so many channels. */
  connect(more: { port: number; clients: number; dialect: DialectName; channels?: number }): Promise<void>
  /** From now on each event goes to so many clients. */
  rounds(clients: number): void
  /** When the last client got the event of that round (counted from 0), as `sharedNow` tells it. */
  completed(round: number): Promise<number>
  /** How many events the clients with the fewest and the most of them got. */
  counts(): { least: number; most: number }
  cpuSeconds(): number
}

/** Events by client. */
const received: number[] = []
let total = 0
let each = 0
/** The total at the end of the round. */
let due = 0
const completions: number[] = []
const waiting = new Map<number, (at: number) => void>()

/** The next event is sent when all have the last one, so every full count ends a round. */
function onEvent(client: number): void {
  received[client] = (received[client] ?? 0) + 1
  total += 1
  if (total !== due) return
  due += each
  const at = sharedNow()
  completions.push(at)
  waiting.get(completions.length - 1)?.(at)
}

const commands: Load = {
  async connect({ port, clients, dialect, channels }) {
    for (let left = clients; left > 0; left -= WAVE) {
      const wave = Array.from({ length: Math.min(WAVE, left) }, () => {
        const client = received.push(0) - 1
        return connectClient(
          port,
          dialects[dialect],
          [channels === undefined ? 'all' : channelOf(client % channels)],
          () => onEvent(client),
        )
      })
      await Promise.all(wave)
    }
  },
  rounds(clients) {
    each = clients
    due = total + each
  },
  completed(round) {
    const at = completions[round]
    return at === undefined ? new Promise(resolve => waiting.set(round, resolve)) : Promise.resolve(at)
  },
  counts: () => ({
    least: received.reduce((least, count) => Math.min(least, count), Number.POSITIVE_INFINITY),
    most: received.reduce((most, count) => Math.max(most, count), 0),
  }),
  cpuSeconds,
}
answerCommands(commands)
