import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const html = await fixture('okta.html')
const reading = async (body: string) => readingIn(await read('okta', body))

const escaped = (value: unknown): string =>
  JSON.stringify(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const page = (incidents: unknown, planned: unknown = [], more = ''): string =>
  `<body><span data-id="incidents">${escaped(incidents)}</span><i data-id="planned-outages">${escaped(planned)}</i>
  ${more}<p class="hidden" data-id="cellList">okta.com:1,okta.com:2</p></body>`
const slow = { Id: 'a1', Incident_Title__c: 'Slow', Start_Time__c: '2026-11-24T10:00:00.000+0000' }

test('the page itself is read', () =>
  expect(readers.okta.address('https://status.okta.com')).toBe('https://status.okta.com'))

describe('a page', async () => {
  const { incidents, components } = await reading(html)
  const [signIn, texts, workflows, odd, upgrade] = incidents

  test('has its cells as components in no region, as bad as what is open in them', () =>
    expect(components.map(({ id, name, status, regions }) => [id, name, status, regions.join()])).toEqual([
      ['src/okta.com-1', 'okta.com:1', 'partial_outage', ''],
      ['src/okta.com-2', 'okta.com:2', 'degraded_performance', ''],
      ['src/okta-emea.com-1', 'okta-emea.com:1', 'under_maintenance', ''],
    ]))

  test('has an incident with its cells, the service, its log and its updates', () =>
    expect(signIn).toMatchObject({
      id: 'src/a9c1',
      status: 'identified',
      impact: 'major',
      services: ['Authentication', 'okta.com:1'],
      updatedAt: '2026-11-24T10:30:00.000Z',
      resolvedAt: null,
      updates: [
        { id: 'a9U1', at: '2026-11-24T10:30:00.000Z', status: 'identified', text: 'The cause is identified.' },
        { id: 'log', at: '2026-11-24T10:00:00.000Z', text: 'People in this cell cannot sign in.' },
      ],
    }))

  test("counts a third party's fault as minor", () => expect(texts).toMatchObject({ impact: 'minor' }))

  test('tells the end of what has a post-mortem by its last word, since a day is no instant', () =>
    expect(workflows).toMatchObject({ status: 'postmortem', resolvedAt: '2026-11-21T09:00:00.000Z' }))

  test('keeps a word that nobody knows, and what has it open', () =>
    expect(odd).toMatchObject({
      status: 'investigating',
      rawStatus: 'Haunted',
      startedAt: '2026-11-24T11:00:00.000Z',
      services: [],
    }))

  test('has planned work', () =>
    expect(upgrade).toMatchObject({
      kind: 'maintenance',
      status: 'in_progress',
      impact: 'maintenance',
      scheduledFor: '2026-11-24T11:30:00.000Z',
      scheduledUntil: '2026-11-24T13:00:00.000Z',
    }))
})

test.each(['incidents', 'planned-outages', 'cellList'])('a page without the element %s is not read as well', async id =>
  expect(reasonIn(await read('okta', html.replace(`data-id="${id}"`, '')))).toBe(
    `the answer is not Okta's status page (no element has \`data-id="${id}"\`): check the address`,
  ),
)

test('an element that holds no JSON is not read as well', async () => {
  const broken = html.replace('data-id="incidents">[', 'data-id="incidents">')
  expect(reasonIn(await read('okta', broken))).toContain('`data-id="incidents"` of the page holds no JSON')
  reasonIn(await read('okta', html.slice(0, html.indexOf('</span>'))))
  reasonIn(await read('okta', ''))
})

test('JSON that is not escaped is read too, and updates may be missing', async () => {
  const body = page([slow]).replaceAll('&quot;', '"')
  expect((await reading(body)).incidents).toMatchObject([{ title: 'Slow', updates: [] }])
})

test('a log that grows stays one update, with the date of its last word', async () => {
  const log = (Log__c: string, Last_Updated__c: string) => reading(page([{ ...slow, Log__c, Last_Updated__c }]))
  const [first] = (await log('It is slow.', '2026-11-24T10:05:00.000+0000')).incidents
  const [then] = (await log('It is slow. Still.', '2026-11-24T11:00:00.000+0000')).incidents
  expect(first?.updates).toMatchObject([{ id: 'log', at: '2026-11-24T10:05:00.000Z', text: 'It is slow.' }])
  expect(then?.updates).toMatchObject([{ id: 'log', at: '2026-11-24T11:00:00.000Z', text: 'It is slow. Still.' }])
})

test('planned work without a known word is ahead or under way by its start', async () => {
  const planned = (Start_Time__c: string) => reading(page([], [{ ...slow, Start_Time__c }]))
  expect((await planned('2026-11-25T10:00:00.000+0000')).incidents).toMatchObject([{ status: 'scheduled' }])
  expect((await planned('2026-11-24T10:00:00.000+0000')).incidents).toMatchObject([{ status: 'in_progress' }])
})

test('an incident in no named cell leaves the cells as they are', async () => {
  const { components } = await reading(page([{ ...slow, Category__c: 'Major Service Disruption' }]))
  expect(components.map(({ status }) => status)).toEqual(['operational', 'operational'])
})

test('any value in any field of an incident gives sound records or a failure in one line', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(slow), 'Impacted_Cells__c', 'Log__c'),
      fc.jsonValue(),
      async (key, value) => {
        const result = await read('okta', page([{ ...slow, [key]: value }]))
        if (result.ok) readingIn(result)
        else reasonIn(result)
      },
    ),
    { numRuns: 100 },
  ))
