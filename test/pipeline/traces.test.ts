import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compareEventIds } from '../../shared/domain/events.ts'
import { keys } from '../../shared/redis/keys.ts'
import { incident } from '../support/builders.ts'
import { startNtfy } from '../support/services/ntfy.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { targetLine } from '../support/target-line.ts'
import { tellIncident } from '../support/tell-incident.ts'
import { until } from '../support/temporary-redis.ts'
import { type CollectedSpan, startTraceCollector } from '../support/trace-collector.ts'

let collector: Awaited<ReturnType<typeof startTraceCollector>>
let phone: Awaited<ReturnType<typeof startNtfy>>
let stack: Stack
beforeAll(async () => {
  collector = await startTraceCollector()
  phone = await startNtfy()
  const { environment } = targetLine('ntfy', phone.config)
  stack = await startStack({
    story: 'road',
    environment: { ...environment, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '100' },
  })
  await stack.ready()
})
afterAll(async () => {
  await stack?.close()
  await phone?.stop()
  collector?.close()
})

const spansOf = (name: string, has: Record<string, string> = {}) =>
  collector.spans.filter(
    span => span.name === name && Object.entries(has).every(([key, value]) => span.attributes[key] === value),
  )
const childrenOf = ({ spanId }: CollectedSpan) => collector.spans.filter(({ parentSpanId }) => parentSpanId === spanId)

test('a poll is a trace: what it fetched, read and committed, in the queue that carried it', async () => {
  const wanted = { 'nephoscope.source': 'azure-status', 'nephoscope.outcome': 'changed' }
  stack.simulator.step()
  const whole = () =>
    spansOf('poll', wanted).find(poll => {
      const names = childrenOf(poll).map(({ name }) => name)
      return ['fetch', 'read', 'commit'].every(name => names.includes(name))
    })
  await until(() => whole() !== undefined, 'a whole poll')
  const poll = whole()
  expect(poll?.service).toBe('nephoscope-workers')
  expect(poll?.parentSpanId).toBeDefined()
  await until(() => collector.spans.some(({ spanId }) => spanId === poll?.parentSpanId), 'the job of the poll')
  expect(poll && childrenOf(poll).map(({ traceId }) => traceId)).toEqual(
    poll && childrenOf(poll).map(() => poll.traceId),
  )
})

test('the event that a poll committed is found in the server that sent it, by its id', async () => {
  stack.simulator.step()
  const idOf = (span: CollectedSpan, which: 'first' | 'last') => String(span.attributes[`nephoscope.event.${which}`])
  const pairs = () =>
    spansOf('commit').flatMap(commit =>
      spansOf('tail')
        .filter(
          tail =>
            compareEventIds(idOf(tail, 'first'), idOf(commit, 'last')) <= 0 &&
            compareEventIds(idOf(commit, 'last'), idOf(tail, 'last')) <= 0 &&
            idOf(commit, 'last') !== '',
        )
        .map(tail => ({ commit, tail })),
    )
  await until(() => pairs().length > 0, 'a commit and the batch of the tail that has its event')
  expect(pairs()[0]).toMatchObject({
    commit: { service: 'nephoscope-workers' },
    tail: { service: 'nephoscope-server' },
  })
  await until(() => spansOf('tail').some(span => childrenOf(span).some(({ name }) => name === 'fan-out')), 'a fan-out')
  await until(() => spansOf('roll-up').length > 0, 'a roll-up')
  expect(collector.refused).toEqual([])
})

test('a message is found by the event that it tells and by its target', async () => {
  const { line } = targetLine('ntfy', phone.config)
  const rules = [{ id: 'all', channels: ['status'], to: ['ntfy'] }]
  await stack.configure(JSON.stringify({ notify: { targets: [line], rules } }))
  await stack.workers.stop()
  stack.workers.start()
  await until(async () => (await stack.redis.redis.get(keys.notifyCursor)) !== null, 'the notifier to begin')
  const told = incident('s1/1', { provider: 'p1', regions: [], updatedAt: new Date().toISOString() })
  const event = await tellIncident(stack.redis.redis, told, true)
  await until(() => spansOf('deliver', { 'nephoscope.outcome': 'sent' }).length > 0, 'the message to be delivered')
  expect(spansOf('deliver')[0]?.attributes).toMatchObject({ 'nephoscope.target': 'ntfy' })
  const decided = () => spansOf('notify', { 'nephoscope.event.last': event })
  await until(() => decided().length > 0, 'the decision')
  expect(decided()[0]?.attributes['nephoscope.messages']).toBe(1)
  expect(JSON.stringify(collector.spans)).not.toContain(phone.config.token)
})

test('nothing of it is loaded where it is off, nor bull-board before somebody looks', () => {
  for (const folder of ['server', 'workers', 'shared']) {
    const root = fileURLToPath(new URL(`../../${folder}/`, import.meta.url))
    for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }))
      if (file.endsWith('.ts'))
        expect(readFileSync(path.join(root, file), 'utf8'), `${folder}/${file}`).not.toMatch(
          /from '(?:@opentelemetry|bullmq-otel|@bull-board)/,
        )
  }
})
