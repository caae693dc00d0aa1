import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Event } from '../../shared/domain/events.ts'
import { sharedNow } from '../support/clock.ts'
import { answerCommands } from '../support/commands.ts'
import { cpuSeconds } from '../support/cpu.ts'
import { eventOf } from './event.ts'

/** What each of the servers that are compared can be asked. */
export type Broadcaster = {
  port(): number
  /** Sends one event to everybody, or to those in these channels; returns when that began, as `sharedNow` tells it. */
  broadcast(event: { sequence: number; channels?: string[] }): number
  cpuSeconds(): number
  /** Resident memory in bytes, without what a garbage collection frees. */
  rssBytes(): number
}

/** Makes this process one of them. */
export async function serveBroadcasts(http: Server, toEverybody: (event: Event) => void): Promise<void> {
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('the server needs a TCP port')
  const commands: Broadcaster = {
    port: () => address.port,
    broadcast({ sequence, channels }) {
      const event = eventOf(sequence, channels)
      const began = sharedNow()
      toEverybody(event)
      return began
    },
    cpuSeconds,
    rssBytes() {
      globalThis.gc?.()
      return process.memoryUsage.rss()
    },
  }
  answerCommands(commands)
}
