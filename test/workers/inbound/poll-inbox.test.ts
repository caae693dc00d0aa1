import { pino } from 'pino'
import { expect, test } from 'vitest'
import { toInstant } from '../../../shared/domain/primitives.ts'
import { readEvents } from '../../../shared/redis/event-stream.ts'
import { readFragment } from '../../../shared/redis/evidence.ts'
import { putPost } from '../../../shared/redis/inbox.ts'
import { readIncident } from '../../../shared/redis/incident-archive.ts'
import { ledgerField, readLedger } from '../../../shared/redis/ledger.ts'
import { pushSource } from '../../../shared/redis/push.ts'
import { addSource, bringForward, readSources, takeDue } from '../../../shared/redis/timetable.ts'
import type { InboundSource } from '../../../workers/config/source-config.ts'
import { recordId } from '../../../workers/formats/reading.ts'
import { readers } from '../../../workers/formats/registry.ts'
import { createHttp } from '../../../workers/http/http.ts'
import { healthEvent, unpolled } from '../../../workers/poll/health.ts'
import { poll } from '../../../workers/poll/poll.ts'
import { createMeasure } from '../../../workers/probes/measure.ts'
import { NOON } from '../../support/builders.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'
import { post } from '../formats/inbound/read-post.ts'
import { matchServices, places } from '../formats/reading.ts'

const store = redisOfFile()
const own: InboundSource = {
  id: 'own',
  name: 'Own',
  kind: 'inbound',
  format: 'aws-health',
  url: 'inbound:aws-health',
  provider: 'aws',
  secret: { name: 'OWN', digest: 'a'.repeat(64) },
  everyMs: 60_000,
  topics: [],
}
const alerts: InboundSource = { ...own, id: 'alerts', format: 'alertmanager', url: 'inbound:alertmanager' }
const checks: InboundSource = {
  ...own,
  id: 'checks',
  format: 'json',
  url: 'inbound:json',
  map: { id: 'id', title: 'title', status: 'state' },
}
const ARN = 'arn:aws:health:eu-west-1::event/EC2/AWS_EC2_OPERATIONAL_ISSUE/AWS_EC2_OPERATIONAL_ISSUE_7f35c8ae'
const id = recordId('own', ARN)

const deps = {
  http: createHttp({ userAgent: 'test' }),
  readers,
  measure: createMeasure({ userAgent: 'test' }),
  probeFrom: 'here',
  keepEndedMs: 86_400_000,
  evidenceBytes: 1_000_000,
  places,
  services: { match: matchServices, version: 'one' },
  countryOf: () => undefined,
  random: () => 0.5,
  log: pino({ level: 'silent' }),
  onInvalid: refuse,
}

let minute = 0
/** A poll of the source, which is due, as of some minutes after noon. */
async function pollAt(source: InboundSource, minutes: number) {
  await addSource(store.redis, unpolled(source), healthEvent(unpolled(source), NOON), { leaseMs: 15_000, delayMs: 0 })
  await bringForward(store.redis, [source.id])
  minute = minutes
  const [due] = await takeDue(store.redis, 1)
  return poll(source, due?.dueAt ?? 0, { ...deps, redis: store.redis, now: () => NOON + minute * 60_000 })
}
const send = async (source: InboundSource, body: string, minutes: number) =>
  putPost(store.redis, source.id, { at: toInstant(NOON + minutes * 60_000), body }, `${body}${minutes}`)
const stored = async (which = id) => (await readIncident(store.redis, which, refuse)) ?? expect.fail(`no ${which}`)
const health = async (which = 'own') =>
  (await readSources(store.redis, [which], refuse)).get(which) ?? expect.fail(`no ${which}`)
const told = async () =>
  (await readEvents(store.redis, '0-0', 1_000, refuse))
    .filter(({ type }) => type.startsWith('incident.'))
    .map(({ type, data }) => `${type.slice('incident.'.length)} ${'status' in data ? data.status : ''}`)

test('a post becomes an incident with its regions, services, both clocks and what was said', async () => {
  await send(own, await post('aws-health'), 1)
  expect(await pollAt(own, 1)).toBe('changed')
  const incident = await stored()
  expect(incident).toMatchObject({
    isPrivate: true,
    regions: ['aws/eu-west-1'],
    serviceIds: ['aws/ec2'],
    entries: [{ n: 1, saidAt: '2026-11-24T11:30:00.000Z', seenAt: '2026-11-24T12:01:00.000Z' }],
  })
  expect(await readFragment(store.redis, ledgerField(id, 1))).toContain('increased error rates')
  expect(await health()).toMatchObject({ lastPostAt: '2026-11-24T12:01:00.000Z', failures: 0, intervalMs: 60_000 })
})

test('several posts are told one after another, each with its own words and evidence', async () => {
  await send(own, await post('aws-health'), 1)
  await send(own, await post('aws-health-backup'), 1)
  await send(own, await post('aws-health-page-2'), 1)
  await send(own, await post('aws-health-resolved'), 2)
  await pollAt(own, 2)
  expect(await told()).toEqual(['opened investigating', 'resolved resolved'])
  const incident = await stored()
  expect(incident.entries.map(({ n, text }) => [n, text])).toEqual([
    [2, '[RESOLVED] Launches succeed again.'],
    [1, 'We are investigating increased error rates for launches in euw1-az1.'],
  ])
  expect(await readLedger(store.redis, incident, refuse)).toHaveLength(2)
  expect(await readFragment(store.redis, ledgerField(id, 1))).toContain('increased error rates')
  expect(await readFragment(store.redis, ledgerField(id, 2))).toContain('RESOLVED')
})

test('an older post that comes late brings its words, and not its state', async () => {
  await send(own, await post('aws-health-resolved'), 1)
  await pollAt(own, 1)
  await send(own, await post('aws-health'), 2)
  await pollAt(own, 2)
  const incident = await stored()
  expect([incident.status, incident.saidAt]).toEqual(['resolved', '2026-11-24T12:00:00.000Z'])
  expect(incident.entries.map(({ text }) => text)).toEqual([
    'We are investigating increased error rates for launches in euw1-az1.',
    '[RESOLVED] Launches succeed again.',
  ])
})

test('an incident goes on until a post says its end, and a source that nobody posts to is not silent', async () => {
  await send(alerts, await post('alertmanager'), 1)
  await pollAt(alerts, 1)
  for (const minutes of [10, 200, 5_000]) await pollAt(alerts, minutes)
  expect((await stored('alerts/b1946ac92492d234')).status).toBe('investigating')
  expect(await health('alerts')).toMatchObject({
    lastOkAt: toInstant(NOON + 5_000 * 60_000),
    lastPostAt: '2026-11-24T12:01:00.000Z',
    failures: 0,
  })
  await send(alerts, await post('alertmanager-resolved'), 5_001)
  await pollAt(alerts, 5_001)
  expect((await stored('alerts/b1946ac92492d234')).status).toBe('resolved')
  expect((await stored('alerts/591785b794601e21')).status).toBe('investigating')
})

test('before its first post it says that it never received any', async () => {
  await pollAt(own, 0)
  expect(await health()).toMatchObject({ lastPostAt: null, note: null })
})

test('what cannot be read is left out and noted, and does not keep back what follows', async () => {
  await send(own, '{"source":"aws.ec2"}', 1)
  await send(own, `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 1)
  await pollAt(own, 1)
  expect((await health()).note).toBe('a post was no JSON, or nested too deep')
  await pollAt(own, 2)
  expect((await health()).note).toBe('a post was no JSON, or nested too deep')
  await send(own, '{"source":"aws.ec2"}', 3)
  await pollAt(own, 3)
  expect((await health()).note).toMatch(/^a post could not be read: the post is no event of AWS Health/)
  await send(own, await post('aws-health'), 4)
  await pollAt(own, 4)
  expect((await health()).note).toBeNull()
  expect((await stored()).status).toBe('investigating')
})

test('a poll that is given to another worker takes nothing out', async () => {
  await addSource(store.redis, unpolled(own), healthEvent(unpolled(own), NOON), { leaseMs: 15_000, delayMs: 0 })
  await send(own, await post('aws-health'), 1)
  const [due] = await takeDue(store.redis, 1)
  const late = poll(own, due?.dueAt ?? 0, {
    ...deps,
    redis: store.redis,
    now: () => NOON,
    // While it reads, the source is brought forward, as if its lease had run out.
    services: {
      version: 'one',
      match: {
        ...matchServices,
        all(provider, named) {
          void bringForward(store.redis, ['own'])
          return matchServices.all(provider, named)
        },
      },
    },
  })
  expect(await late).toBe('superseded')
  expect(await told()).toEqual([])
  expect(await pollAt(own, 2)).toBe('changed')
  expect(await told()).toEqual(['opened investigating'])
})

test('a post of more alerts than one source may tell in a minute stays until all are told', async () => {
  const [one] = JSON.parse(await post('alertmanager')).alerts
  const many = Array.from({ length: 900 }, (_, n) => ({ ...one, fingerprint: `f${n}` }))
  await send(alerts, JSON.stringify({ alerts: many }), 1)
  await pollAt(alerts, 1)
  expect((await health('alerts')).postponed).toBeGreaterThan(200)
  for (const minutes of [3, 5, 7]) await pollAt(alerts, minutes)
  expect(await told()).toHaveLength(900)
  expect((await health('alerts')).postponed).toBe(0)
})

test('a post without any time is dated by our clock alone', async () => {
  await send(checks, '{"id":"login","title":"Login fails","state":"down"}', 1)
  await pollAt(checks, 2)
  await send(checks, '{"id":"login","title":"Login fails","state":"up"}', 31)
  await pollAt(checks, 31)
  const incident = await stored('checks/login')
  expect(incident).toMatchObject({ saidAt: null, status: 'resolved', startedAt: '2026-11-24T12:01:00.000Z' })
  expect(await told()).toEqual(['opened investigating', 'resolved resolved'])
})

test('a push makes the source due at once', async () => {
  await pollAt(own, 0)
  expect(await takeDue(store.redis, 1)).toEqual([])
  await pushSource(store.redis, 'own')
  expect((await takeDue(store.redis, 1)).map(due => due.id)).toEqual(['own'])
})
