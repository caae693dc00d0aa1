import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const services = await fixture('pagerduty-services.json')
const posts = await fixture('pagerduty-posts.json')
const more = await fixture('pagerduty-enums.json')
const url = 'https://status.example.com'
const reading = async (also: string, enums?: string) =>
  readingIn(await read('pagerduty', services, { url, also, ...(enums !== undefined && { more: enums }) }))

describe('the documents of a page', () => {
  test.each([url, `${url}/`, `${url}/api/services`, `${url}/api/impacted_services`])('are found from %s', address => {
    expect(readers.pagerduty.address(address)).toBe(`${url}/api/services`)
    expect(readers.pagerduty.also?.(address)).toBe(`${url}/api/posts?is_featured=true&limit=500`)
  })

  const asked = (second: string) => {
    const answer = (text: string) => ({ body: new TextEncoder().encode(text), contentType: null })
    return readers.pagerduty.more?.(url, { ...answer(services), also: answer(second) })
  }

  test('include what ids mean where there is a post', () => {
    expect(asked(posts)).toBe(`${url}/api/post_enums`)
    expect(asked('{"posts": []}')).toBeUndefined()
    expect(asked('<html>')).toBeUndefined()
  })
})

test('no post means that all services are well, without those that are not in use', async () => {
  const { incidents, components } = await reading('{"posts": []}')
  expect(incidents).toEqual([])
  expect(components.map(({ name, status }) => [name, status])).toEqual([
    ['Events API (US)', 'operational'],
    ['Web in West Europe', 'operational'],
    ['Alerts in UK South', 'operational'],
  ])
})

describe('posts', async () => {
  const { incidents, components } = await reading(posts, more)
  const [late, strange] = incidents

  test('are incidents with their updates newest first, in the words that the ids stand for', () =>
    expect(late).toMatchObject({
      id: 'src/p100',
      title: 'Late events',
      status: 'investigating',
      rawStatus: null,
      impact: 'major',
      services: ['Web in West Europe'],
      startedAt: '2026-11-24T10:00:00.000Z',
      updatedAt: '2026-11-24T10:30:00.000Z',
      url: 'https://status.example.com/posts/details/P100',
      updates: [
        { id: 'U2', text: 'Events arrive minutes late.' },
        { id: 'U1', text: 'We look into it.' },
      ],
    }))

  test('keep an id that means nothing, and its service is not well', () => {
    expect(strange).toMatchObject({
      title: 'Strange & new',
      status: 'investigating',
      rawStatus: 'PODD',
      impact: 'minor',
    })
    expect(components.map(({ status, rawStatus }) => [status, rawStatus])).toEqual([
      ['operational', null],
      ['partial_outage', null],
      ['unknown', 'PYYY'],
    ])
  })

  test('are read by their words where a host does not say what ids mean', async () => {
    const found = await reading(posts)
    expect(found.incidents).toMatchObject([{ status: 'investigating', impact: 'minor' }, {}])
    expect(found.components.map(({ status }) => status)).toEqual(['operational', 'unknown', 'unknown'])
  })

  test('release a service that is well again while others are not', async () => {
    const page = JSON.parse(posts)
    page.posts = page.posts.slice(0, 1)
    page.posts[0].latest_update.impacts.push({ service_id: 'PEV1', severity_id: 'POPE' })
    expect((await reading(JSON.stringify(page), more)).incidents[0]?.services).toEqual(['Web in West Europe'])
  })

  test('withstand poison anywhere', () =>
    fc.assert(
      fc.asyncProperty(fc.json(), fc.json(), async (poison, enums) => {
        for (const also of [poison, `{"posts": [${poison}]}`, `{"posts": [{"id": ${poison}, "title": ${poison}}]}`]) {
          const result = await read('pagerduty', services, { also, more: enums })
          if (result.ok) readingIn(result)
          else reasonIn(result)
        }
      }),
      { numRuns: 50 },
    ))
})

test('JSON of another kind is no reading, nor is one document without the other', async () => {
  expect(reasonIn(await read('pagerduty', '{"page": {}}'))).toContain('`services` is missing')
  expect(reasonIn(await read('pagerduty', services))).toContain('the posts of the page were not fetched')
  expect(reasonIn(await read('pagerduty', services, { also: '<html>' }))).toContain('posts: the answer is a web page')
  expect(reasonIn(await read('pagerduty', services, { also: '{}' }))).toContain('`posts` is missing')
})
