import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Current } from './current.ts'

export type Metrics = {
  registry: Registry
  eventsApplied(count: number): void
  resumed(how: 'live' | 'resumed' | 'reset'): void
  request(route: string, status: number): void
}

/** Prometheus metrics of one server. @see https://prometheus.io/docs/practices/naming/ */
export function serverMetrics(deps: {
  current: Current
  connected: () => number
  streams: () => number
  now: () => number
}): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'nephoscope_sockets',
    help: 'Sockets connected to this server',
    registers,
    collect() {
      this.set(deps.connected())
    },
  })
  new Gauge({
    name: 'nephoscope_streams',
    help: 'Event streams (SSE) open on this server',
    registers,
    collect() {
      this.set(deps.streams())
    },
  })
  new Gauge({
    name: 'nephoscope_head_age_seconds',
    help: 'Age of the newest event that this server has applied',
    registers,
    collect() {
      const ms = Number(deps.current.view.head.split('-')[0])
      this.set(ms === 0 ? 0 : Math.max(0, (deps.now() - ms) / 1000))
    },
  })
  new Gauge({
    name: 'nephoscope_sources',
    help: 'Sources by whether the last poll succeeded',
    labelNames: ['state'],
    registers,
    collect() {
      const sources = [...deps.current.view.sources.values()]
      this.set({ state: 'ok' }, sources.filter(source => source.lastPollAt !== null && source.failures === 0).length)
      this.set({ state: 'failing' }, sources.filter(source => source.failures > 0).length)
      this.set({ state: 'unread' }, sources.filter(source => source.lastPollAt === null).length)
    },
  })
  const events = new Counter({ name: 'nephoscope_events_total', help: 'Events applied since the start', registers })
  const resumes = new Counter({
    name: 'nephoscope_joins_total',
    help: 'Sockets that joined, by how',
    labelNames: ['how'],
    registers,
  })
  const requests = new Counter({
    name: 'nephoscope_http_requests_total',
    help: 'HTTP requests by route and status',
    labelNames: ['route', 'status'],
    registers,
  })
  return {
    registry,
    eventsApplied: count => events.inc(count),
    resumed: how => resumes.inc({ how }),
    request: (route, status) => requests.inc({ route, status: String(status) }),
  }
}
