import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { history, hourStrip } from '../../../shared/domain/history.ts'
import { isEnded } from '../../../shared/domain/incident.ts'
import { severitySpans } from '../../../shared/domain/severity-spans.ts'
import { isFresh } from '../../../shared/domain/source.ts'
import type { View } from '../../../shared/domain/view.ts'
import { loadView } from '../../../shared/redis/load-view.ts'
import { lastRollUp, readHistory } from '../../../shared/redis/rollup-store.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'
import { newsroom } from '../news/stories.ts'
import { sourcesOf } from '../reading.ts'
import { type Simulator, startSimulator } from '../server.ts'
import { loadStory } from '../story.ts'
import { pastSteps } from './past-steps.ts'
import { replay } from './replay.ts'
import { withPast } from './with-past.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const now = Date.now()
const shared = new URL('../../../shared/', import.meta.url)
const storyFile = (name: string): URL => new URL(`../stories/${name}.yaml`, import.meta.url)
const surroundings = { today: loadStory(storyFile('today')), news: newsroom(storyFile('news')) }

let redis: TemporaryRedis
let simulator: Simulator
let view: View
const fill = () =>
  replay({
    redis: redis.redis,
    sources: sourcesOf(simulator),
    applied: simulator.applied,
    origin: simulator.url,
    shared,
    now,
  })

beforeAll(async () => {
  redis = await temporaryRedis()
  await redis.redis.config('SET', 'appendfsync', 'no') // nothing of it has to survive
  const story = withPast(loadStory(storyFile('demo')), surroundings, 90, now)
  simulator = await startSimulator({ story, clock: () => now })
  expect(await fill()).toBe(true)
  view = await loadView(redis.redis, (what, key, why) => expect.fail(`${what} ${key}: ${why}`))
}, 120_000)
afterAll(async () => {
  await simulator.close()
  await redis.close()
})

describe('the past of the demo', () => {
  it('is the same for the same words', () => {
    expect(pastSteps(90, now, 'a')).toEqual(pastSteps(90, now, 'a'))
    expect(pastSteps(90, now, 'a')).not.toEqual(pastSteps(90, now, 'b'))
  })

  it('has several incidents a week at many providers, a few of them large, and work by night', () => {
    const incidents = [...view.incidents.values()]
    for (let week = 0; week < 12; week++) {
      const of = incidents.filter(one => Math.floor((now - Date.parse(one.startedAt)) / (7 * DAY_MS)) === week)
      expect(of.length).toBeGreaterThanOrEqual(3)
    }
    expect(new Set(incidents.map(({ provider }) => provider)).size).toBeGreaterThanOrEqual(10)
    expect(incidents.filter(({ kind }) => kind === 'maintenance').length).toBeGreaterThan(15)
    const worst = incidents.flatMap(one => severitySpans(one, now).map(({ status }) => status))
    expect(worst.filter(status => status === 'major_outage').length).toBeGreaterThanOrEqual(3)
  })

  it('was read a little later than it was said', () => {
    const entries = [...view.incidents.values()].flatMap(one => one.entries)
    const both = entries.filter(({ saidAt }) => saidAt !== null)
    expect(both.length).toBeGreaterThan(200)
    for (const { saidAt, seenAt } of both) expect(String(seenAt) > String(saidAt)).toBe(true)
  })

  it('ends on status pages in their own words', () => {
    const ended = [...view.incidents.values()].filter(
      one => one.provider === 'github' && one.kind === 'incident' && isEnded(one),
    )
    expect(ended.length).toBeGreaterThan(5)
    for (const { entries } of ended) expect(entries[0]?.saidAt).not.toBeNull()
  })

  it('is a history of regions, with hours in which nobody watched', async () => {
    const regions = [...view.statuses.keys()]
    const { changes, gaps } = await readHistory(redis.redis, regions)
    const watchedUntil = await lastRollUp(redis.redis)
    expect(gaps.length).toBe(5)
    const days = history({ regions: [...changes.values()], gaps, watchedUntil, days: 90, now })
    const seen = new Set(days.map(({ status }) => status))
    for (const status of ['operational', 'degraded_performance', 'partial_outage', 'major_outage'])
      expect(seen).toContain(status)
    expect(days.filter(({ minutes }) => (minutes.unknown ?? 0) > 30).length).toBeGreaterThanOrEqual(4)
    const virginia = { regions: [changes.get('aws/us-east-1') ?? []], gaps, watchedUntil, now }
    expect(hourStrip(virginia)).toMatch(/x/)
    expect(hourStrip({ ...virginia, regions: [changes.get('aws/ap-southeast-2') ?? []] })).toBe('o'.repeat(24))
  })

  it('leaves a day with trouble in several lanes that rose and fell, some of it going on', () => {
    const today = [...view.incidents.values()].filter(
      one => one.kind === 'incident' && severitySpans(one, now).some(({ until }) => until > now - DAY_MS),
    )
    expect(today.length).toBeGreaterThanOrEqual(8)
    expect(new Set(today.map(({ provider }) => provider)).size).toBeGreaterThanOrEqual(6)
    expect(today.filter(one => !isEnded(one)).length).toBeGreaterThanOrEqual(3)
    expect(
      today.filter(one => new Set(severitySpans(one, now).map(({ status }) => status)).size > 1).length,
    ).toBeGreaterThan(3)
  })

  it('leaves a week of planned work ahead', () => {
    const ahead = [...view.incidents.values()].filter(({ status }) => status === 'scheduled')
    const hours = ahead.map(({ scheduledFor }) => (Date.parse(String(scheduledFor)) - now) / HOUR_MS)
    expect(hours.length).toBeGreaterThanOrEqual(6)
    expect(hours.every(until => until > 0 && until < 7 * 24)).toBe(true)
    expect(Math.min(...hours)).toBeLessThan(3)
  })

  it('leaves sources that were read all day, one of them with hours of failures, and fresh now', () => {
    for (const { day, lastOkAt, intervalMs, id } of view.sources.values()) {
      expect(isFresh({ lastOkAt, intervalMs }, now)).toBe(true)
      expect(day).toMatch(id === 'netlify' ? /[xf]/ : /^o{24}$/)
    }
  })

  it('is written once', async () => {
    expect(await fill()).toBe(false)
  })
})
