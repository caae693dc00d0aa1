import type { Event } from '../../shared/domain/events.ts'

const CHANNELS = ['all', 'status', 'provider/azure', 'region/azure/westeurope', 'country/nl']

/** What is broadcast: a region that degrades, with the usual channels about 400 bytes as JSON, always equally long. */
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
    services: ['Storage', 'Virtual Machines'],
    freshness: 'live',
    lastKnown: null,
  },
})
