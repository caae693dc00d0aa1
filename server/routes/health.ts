import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { z } from 'zod'
import type { Instant } from '../../shared/domain/primitives.ts'
import { sourceState, sourceStates } from '../../shared/domain/source.ts'
import type { View } from '../../shared/domain/view.ts'
import type { Access } from '../access/access.ts'
import { route } from '../http/route.ts'
import { type CloudMetricsDeps, registerCloudMetrics } from '../outward/cloud-metrics.ts'

export type HealthDeps = { isReady: () => boolean }

export type MetricsDeps = {
  metrics: Registry
  /** Where reading is guarded these are too, as they name stacks and incidents. */
  access: Pick<Access, 'isGuarded' | 'demand'>
}

const health = { method: 'get', access: 'public' } as const

export const getHealth = route({
  ...health,
  path: '/healthz',
  summary: 'Alive.',
  answers: { 200: z.object({ alive: z.literal(true) }) },
  handle: () => ({ alive: true }),
})

const Readiness = z.object({ ready: z.boolean() })

export const getReadiness = route({
  ...health,
  path: '/readyz',
  summary: 'Ready to serve.',
  details: '503 until the view is loaded and Redis answers.',
  answers: { 200: Readiness, 503: Readiness },
  handle({ ctx }, { isReady }: HealthDeps) {
    const ready = isReady()
    ctx.status = ready ? 200 : 503
    ctx.body = { ready }
  },
})

export const getMetrics = route({
  method: 'get',
  path: '/metrics',
  summary: 'Prometheus.',
  details: 'OpenMetrics where `Accept` names it. With `METRICS_PORT` only there. docs/metrics.md names all.',
  answers: { 200: { 'text/plain': null, 'application/openmetrics-text': null } },
  access: 'view',
  async admit(ctx, { access }: MetricsDeps) {
    if (!access.isGuarded) return
    const sentence = 'metrics need the view token (Authorization: Bearer …), or a port of their own (METRICS_PORT)'
    if ((await access.demand(ctx, 'view', sentence)).stack !== null)
      ctx.throw(403, 'metrics name all stacks, and this token is for one')
  },
  async handle({ ctx }, { metrics }: MetricsDeps) {
    const text = await metrics.metrics()
    ctx.vary('Accept')
    const isOpen = ctx.get('Accept').includes('application/openmetrics-text')
    ctx.type = isOpen ? Registry.OPENMETRICS_CONTENT_TYPE : metrics.contentType
    return isOpen ? toOpenMetrics(text) : text
  },
})

/**
 * The same in OpenMetrics, where the name of a counter is without `_total`, which its sample keeps. prom-client's own
 * registry of that type renames counters for good, so one registry could not answer in both.
 * @see https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md
 */
export function toOpenMetrics(text: string): string {
  const counters = new Set(Array.from(text.matchAll(/^# TYPE (\w+) counter$/gm), ([, name]) => name))
  const renamed = text.replace(/^# (HELP|TYPE) (\w+)/gm, (line, _, name: string) =>
    counters.has(name) ? line.replace(/_total$/, '') : line,
  )
  return `${renamed.replace(/\n{2,}/g, '\n')}# EOF\n`
}

export type Metrics = {
  registry: Registry
  eventsApplied(count: number): void
  resumed(how: 'live' | 'resumed' | 'reset'): void
  slow(): void
  flooded(): void
  request(route: string, status: number): void
  pushed(by: 'websub' | 'webhook' | 'inbound', outcome: PushOutcome): void
}

/**
 * `taken`: its source is polled early; `forged`: the secret or the signature is wrong, and the push is ignored;
 * `repeated`: it came before; `full`: too many of its posts wait.
 */
export type PushOutcome = 'taken' | 'forged' | 'repeated' | 'full'

/** Prometheus metrics of one server. @see https://prometheus.io/docs/practices/naming/ */
export function serverMetrics(deps: {
  current: { readonly view: View; readonly recent: { readonly bytes: number } }
  isReady: () => boolean
  connected: () => number
  streams: () => number
  screens: () => number
  workersAt: () => Instant | null
  now: () => number
  clouds: CloudMetricsDeps['facts']
}): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const labelled = <L extends string>(name: string, help: string, labelNames: L[], read: (gauge: Gauge<L>) => void) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        read(this)
      },
    })
  const gauge = (name: string, help: string, read: () => number) => labelled(name, help, [], it => it.set(read()))
  const counter = <L extends string = never>(name: string, help: string, labelNames: L[] = []) =>
    new Counter({ name, help, labelNames, registers })
  const secondsSince = (ms: number): number => Math.max(0, (deps.now() - ms) / 1000)
  gauge('nephoscope_ready', 'Whether this server has a view and can read Redis', () => (deps.isReady() ? 1 : 0))
  gauge('nephoscope_sockets', 'Sockets connected to this server', deps.connected)
  gauge('nephoscope_streams', 'Event streams (SSE) open on this server', deps.streams)
  gauge('nephoscope_screens', 'Screens on walls that are connected to this server', deps.screens)
  gauge('nephoscope_head_age_seconds', 'Age of the newest event that this server has applied', () => {
    const ms = Number(deps.current.view.head.split('-')[0])
    return ms === 0 ? 0 : secondsSince(ms)
  })
  gauge('nephoscope_recent_event_bytes', 'Newest events in memory, as JSON', () => deps.current.recent.bytes)
  gauge('nephoscope_worker_age_seconds', 'Since a worker last proved to be alive; -1 where none ever did', () => {
    const at = deps.workersAt()
    return at === null ? -1 : secondsSince(Date.parse(at))
  })
  labelled('nephoscope_sources', 'Sources by how they do', ['state'], it => {
    const sources = [...deps.current.view.sources.values()]
    for (const state of sourceStates) it.set({ state }, sources.filter(source => sourceState(source) === state).length)
  })
  labelled(
    'nephoscope_pictures',
    'Pictures of articles that pages have, and those that could not be had',
    ['state'],
    it => {
      const { articles, sources } = deps.current.view
      const kept = new Set([...articles.values()].flatMap(({ picture }) => (picture ? [picture.hash] : [])))
      it.set({ state: 'kept' }, kept.size)
      const lost = [...sources.values()].reduce((sum, { lostPictures }) => sum + (lostPictures?.count ?? 0), 0)
      it.set({ state: 'lost' }, lost)
    },
  )
  const reachableHelp = 'Whether an endpoint was last found reachable from where the workers run'
  labelled('nephoscope_probe_reachable', reachableHelp, ['probe'], it => {
    it.reset() // drops those of removed sources
    for (const { id, reachable } of deps.current.view.probes.values()) it.set({ probe: id }, reachable ? 1 : 0)
  })
  const secondsHelp = 'How long a phase of the last measurement took, where it was told'
  labelled('nephoscope_probe_seconds', secondsHelp, ['probe', 'phase'], it => {
    it.reset()
    for (const { id, nameMs, connectMs, tlsMs, firstByteMs } of deps.current.view.probes.values()) {
      const phases = { name: nameMs, connect: connectMs, tls: tlsMs, first_byte: firstByteMs }
      for (const [phase, ms] of Object.entries(phases)) if (ms !== null) it.set({ probe: id, phase }, ms / 1000)
    }
  })
  registerCloudMetrics(registry, { facts: deps.clouds })
  const events = counter('nephoscope_events_total', 'Events applied since the start')
  const resumes = counter('nephoscope_joins_total', 'Sockets that joined, by how', ['how'])
  const slowHelp = 'Sockets that were cut because they did not read; they come again and resume'
  const slow = counter('nephoscope_slow_sockets_total', slowHelp)
  const floods = counter('nephoscope_flooding_sockets_total', 'Sockets that were cut because they sent too much')
  const requests = counter('nephoscope_http_requests_total', 'HTTP requests by route and status', ['route', 'status'])
  const pushHelp = 'Pushes that came for a source, by way and outcome'
  const pushes = counter('nephoscope_pushes_total', pushHelp, ['by', 'outcome'])
  return {
    registry,
    eventsApplied: count => events.inc(count),
    resumed: how => resumes.inc({ how }),
    slow: () => slow.inc(),
    flooded: () => floods.inc(),
    request: (route, status) => requests.inc({ route, status: String(status) }),
    pushed: (by, outcome) => pushes.inc({ by, outcome }),
  }
}
