import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Event } from '../../shared/domain/events.ts'
import { answerCommands } from './child.ts'
import { cpuSeconds, sharedNow } from './measuring.ts'
import { incidentOf } from './thousand-stacks.ts'

/** The commands of each server that the fan-out benchmark compares. */
export type BroadcastServer = {
  port(): number
  /**
   * Sends one event to every client, or to the clients in these channels, or an incident to those of the stacks that it
   * concerns. Returns its beginning, by `sharedNow`.
   */
  broadcast(event: { sequence: number; channels?: string[]; isOfStacks?: boolean }): number | Promise<number>
  cpuSeconds(): number
  /** Resident memory in bytes, after a garbage collection. */
  rssBytes(): number
}

export async function serveBroadcasts(http: Server, sendToAll: (event: Event) => void): Promise<void> {
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('the server needs a TCP port')
  const commands: BroadcastServer = {
    port: () => address.port,
    broadcast({ sequence, channels, isOfStacks }) {
      const event = isOfStacks ? incidentOf(sequence) : eventOf(sequence, channels)
      const startedAt = sharedNow()
      sendToAll(event)
      return startedAt
    },
    cpuSeconds,
    rssBytes() {
      globalThis.gc?.()
      return process.memoryUsage.rss()
    },
  }
  answerCommands(commands)
}

const CHANNELS = ['all', 'status', 'provider/azure', 'region/azure/westeurope', 'country/nl']

/** The event that is broadcast: a region that degrades. Its length is constant, about 400 bytes with these channels. */
export const eventOf = (sequence: number, channels: readonly string[] = CHANNELS): Event => ({
  id: `1764028800000-${1_000 + sequence}`,
  type: 'region.status',
  at: '2026-11-24T12:00:00.000Z',
  channels: [...channels],
  data: {
    region: 'azure/westeurope',
    status: 'degraded_performance',
    since: '2026-11-24T11:52:00.000Z',
    incidents: ['azure-status/storage-requests-fail'],
    services: [{ service: 'Storage', status: 'degraded_performance' }],
    serviceCount: 1,
    whole: null,
    freshness: 'live',
    lastKnown: null,
  },
})

export const channelOf = (n: number): string => `topic/t${n}`
