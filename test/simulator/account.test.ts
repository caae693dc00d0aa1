import { afterAll, expect, test } from 'vitest'
import type { Incident } from '../../shared/domain/incident.ts'
import { joinedWords } from '../../shared/domain/joined-words.ts'
import { toInstant } from '../../shared/domain/primitives.ts'
import { inboundReaders } from '../../workers/formats/inbound/registry.ts'
import type { ReadIncident } from '../../workers/formats/reader.ts'
import { diffIncidents } from '../../workers/poll/diff-incidents.ts'
import { resolveServices } from '../../workers/poll/resolve-services.ts'
import { NOON } from '../support/builders.ts'
import { matchServices, places } from '../workers/formats/reading.ts'
import { read, sourcesOf } from './reading.ts'
import { startSimulator } from './server.ts'
import { loadStory } from './story.ts'

const story = loadStory(new URL('./stories/account.yaml', import.meta.url))
let now = NOON
const records = new Map<string, Incident>()
const simulator = await startSimulator({
  story,
  clock: () => now,
  onTold({ on, format, body }) {
    const told = inboundReaders[format].read(JSON.parse(body), {
      source: { id: `our-${on}`, provider: on },
      places,
      now,
    })
    if (!told.ok) throw new Error(told.error)
    take(told.value.incidents, false)
  },
})
afterAll(() => simulator.close())

/** Stores what a reading tells as workers do, at the present of the story. */
function take(incidents: ReadIncident[], complete: boolean): void {
  const named = resolveServices({ incidents, components: [], articles: [] }, matchServices)
  const given = { owned: { incidents: records }, missing: {}, countryOf: () => undefined, keepEndedMs: 86_400_000, now }
  const { upserts } = diffIncidents({ ...given, reading: named, complete }, toInstant(now))
  for (const incident of upserts) records.set(incident.id, incident)
}

/** Plays the story up to a minute, and reads the public pages after each step. */
async function playUntil(minute: number): Promise<void> {
  const clouds = sourcesOf(simulator).filter(
    ({ provider, kind }) => kind !== 'feed' && ['aws', 'azure', 'google'].includes(provider),
  )
  for (const { at } of story.steps) {
    if (NOON + at <= now || at > minute * 60_000) continue
    now = NOON + at
    simulator.step()
    for (const source of clouds) take((await read(source, now)).incidents, false)
  }
}

const withTitle = (title: string): Incident =>
  [...records.values()].find(one => one.title === title) ?? expect.fail(`no '${title}'`)
const leadOf = (title: string) =>
  joinedWords(withTitle(title), records.values()).map(({ other, lead }) => [
    other.title,
    other.isPrivate ?? false,
    lead,
  ])

test('the account is told before the status page, after it, or alone', async () => {
  await playUntil(10)
  expect([...records.values()].every(({ isPrivate }) => isPrivate)).toBe(true)
  expect(leadOf('EC2: operational issue')).toEqual([])
  await playUntil(30)
  expect(leadOf('EC2: operational issue')).toEqual([['Increased Launch Failures', false, { ours: 840, theirs: 840 }]])
  expect(leadOf('Connections to Cloud SQL fail in the Netherlands')).toEqual([
    ['Connections to your instances fail', true, { ours: 1080, theirs: 1080 }],
  ])
  expect(leadOf('Storage outage in West Europe')).toEqual([
    ['Storage - West Europe - Failing requests', true, { ours: -360, theirs: -360 }],
  ])
})

test('both end, each by its own word', async () => {
  await playUntil(60)
  expect(withTitle('EC2: operational issue')).toMatchObject({
    status: 'resolved',
    resolvedAt: toInstant(NOON + 41 * 60_000),
  })
  expect(withTitle('Connections to your instances fail').status).toBe('identified')
})
