import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const json = await fixture('google-incidents.json')
const source = { provider: 'google', url: 'https://status.example.com/incidents.json' }
const incidents = async (body: string) => readingIn(await read('google-incidents', body, source)).incidents

test('an empty list is the quiet state, and absence means nothing', async () => {
  expect(await incidents('[]')).toEqual([])
  expect(readers['google-incidents'].complete).toBe(false)
})

describe('an incident', async () => {
  const [open, closed, multi] = await incidents(json)

  test('without an end is open where it is felt now', () =>
    expect(open).toMatchObject({
      id: 'src/openregional1',
      title: 'Cloud SQL is slow in europe-west1',
      status: 'identified',
      impact: 'major',
      scope: 'regional',
      regions: ['google/europe-west1', 'google/us-central1'],
      services: ['Google Cloud SQL'],
      resolvedAt: null,
      url: 'https://status.example.com/incidents/OpenRegional1',
    }))

  test('tells its updates newest first, without Markdown', () =>
    expect(open?.updates.map(update => update.text)).toEqual([
      'We have identified the cause.',
      'We look into slow queries.',
    ]))

  test('with an end is resolved where it was felt', () =>
    expect(closed).toMatchObject({
      status: 'resolved',
      impact: 'critical',
      scope: 'global',
      regions: [],
      resolvedAt: '2026-11-20T12:00:00.000Z',
      updates: [{ status: 'resolved' }],
    }))

  test('in a multi-region names no region', () =>
    expect(multi).toMatchObject({ status: 'investigating', impact: 'minor', scope: 'unspecified', regions: [] }))
})

test.each([
  ['**Summary:** Slow disks\n\n**Description:** Fewer are slow.\nMore at noon.', 'Fewer are slow.\nMore at noon.'],
  ['**Summary**\nSlow disks.\n**Description**\nThe cause is known.', 'The cause is known.'],
  ['**Description** \\\nBetween ten and noon disks were slow.', 'Between ten and noon disks were slow.'],
  ['Summary: Slow disks', 'Slow disks'],
  ['Summary judgement is not a label, nor is a description: in a sentence.', null],
  [
    '# Incident Report\n## Summary\nDisks were slow.\n## Description\nMuch.',
    'Incident Report\nSummary\nDisks were slow.\nDescription\nMuch.',
  ],
  ['**Summary:** Slow disks\n**Description:** ', 'Summary: Slow disks\nDescription:'],
])('what every update begins with is left out: %j', async (text, expected) => {
  const [, , multi] = JSON.parse(json)
  const [incident] = await incidents(JSON.stringify([{ ...multi, updates: [{ when: multi.begin, text }] }]))
  expect(incident?.updates.map(update => update.text)).toEqual([expected ?? text])
})

test('malformed entries leave the others standing', async () => expect(await incidents(json)).toHaveLength(3))

test('an impact that nobody knows is minor, and kept in its own word', async () => {
  const [open] = await incidents(json.replace('"SERVICE_DISRUPTION"', '"SERVICE_<b>HAUNTED</b>"'))
  expect(open).toMatchObject({ impact: 'minor', rawStatus: 'SERVICE_HAUNTED' })
})

test('an object, or a list of nothing readable, is no reading', async () => {
  reasonIn(await read('google-incidents', '{}', source))
  reasonIn(await read('google-incidents', '[null]', source))
})

test('a closed incident was also where it still lists a location as current', async () => {
  const at = '2026-03-10T14:09:43+00:00'
  const entry = (more: object) =>
    JSON.stringify([{ id: 'X2', begin: at, end: '2026-03-10T14:54:50+00:00', external_desc: 'Retries fail', ...more }])
  const regionsOf = async (more: object) => (await incidents(entry(more)))[0]?.regions
  const current = { currently_affected_locations: [{ id: 'europe-north1' }] }
  const previous = { previously_affected_locations: [{ id: 'us-central1' }, { id: 'europe-north1' }] }
  expect(await regionsOf(current)).toEqual(['google/europe-north1'])
  expect(await regionsOf(previous)).toEqual(['google/europe-north1', 'google/us-central1'])
  expect(await regionsOf({ ...current, ...previous })).toEqual(['google/europe-north1', 'google/us-central1'])
  expect(await regionsOf({ ...current, ...previous, end: null })).toEqual(['google/europe-north1'])
})
