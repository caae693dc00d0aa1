import { sharedNow } from '../support/clock.ts'
import { answerCommands } from '../support/commands.ts'
import { cpuSeconds } from '../support/cpu.ts'
import { connectClient } from './client.ts'
import { type DialectName, dialects } from './dialects.ts'

/** Clients that connect at once; fewer than a listening socket lets wait. */
const WAVE = 100

export type Load = {
  /** Connects so many more. */
  connect(more: { port: number; clients: number; dialect: DialectName }): Promise<void>
  /** When the last client got the event of that round (counted from 0), as `sharedNow` tells it. */
  completed(round: number): Promise<number>
  /** How many events the clients with the fewest and the most of them got. */
  counts(): { least: number; most: number }
  cpuSeconds(): number
}

/** Events by client. */
const received: number[] = []
let total = 0
const completions: number[] = []
const waiting = new Map<number, (at: number) => void>()

/** The next event is sent when all have the last one, so every full count ends a round. */
function onEvent(client: number): void {
  received[client] = (received[client] ?? 0) + 1
  total += 1
  if (total % received.length !== 0) return
  const at = sharedNow()
  completions.push(at)
  waiting.get(completions.length - 1)?.(at)
}

const commands: Load = {
  async connect({ port, clients, dialect }) {
    for (let left = clients; left > 0; left -= WAVE) {
      const wave = Array.from({ length: Math.min(WAVE, left) }, () => {
        const client = received.push(0) - 1
        return connectClient(port, dialects[dialect], () => onEvent(client))
      })
      await Promise.all(wave)
    }
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
