import { describe, expect, test } from 'vitest'
import { fixture, read, readingIn } from './reading.ts'

type Arguments = Parameters<typeof read>

const reading = async (...[kind, body, more]: Arguments) => readingIn(await read(kind, body, more))
const headed = async (...[kind, body, more]: Arguments) =>
  (await reading(kind, body, more)).components.map(({ name, group = '-' }) => `${group}: ${name}`)

describe('components keep the heading that they stand under', () => {
  test.each([
    ['statuspage', ['Droplets: NYC3', '-: API & Portal', 'FRA1: Volumes']],
    ['statuspal', ['West Europe: API', 'West Europe: API', '-: UK South']],
    [
      'betterstack',
      ['-: Website', 'UK South: API', 'Others: Uploads (West Europe)', 'Others: Builds & tests', 'Others: Docs'],
    ],
    ['gatus', ['core: front & back', 'West Europe: API', '-: UK South gateway']],
    ['cstate', ['West Europe: API', 'Hosting: Web (UK South)', 'Hosting: Mail', 'Hosting: Docs']],
    [
      'statusio',
      ['API: API, West Europe', 'API: API, UK South', '-: Website', '-: Vault & keys', '-: Builds', '-: Accounts'],
    ],
  ] as const)('of %s', async (kind, expected) =>
    expect(await headed(kind, await fixture(`${kind}.json`))).toEqual(expected),
  )

  test('of uptime-kuma', async () => {
    const also = await fixture('uptime-kuma-heartbeats.json')
    expect(await headed('uptime-kuma', await fixture('uptime-kuma-page.json'), { also })).toEqual([
      'Services: Web',
      'Services: Mail',
      'Services: Ticket & Chat',
      'West Europe: API',
      'West Europe: Queue',
      'West Europe: Lake',
    ])
  })
})

describe('an incident says the group of a part only where the page has several of its name', () => {
  const named = async (...[kind, body]: Arguments) => (await reading(kind, body)).incidents[0]?.services

  test('on a Statuspage', async () => {
    const part = (id: string, group_id: string) => ({ id, name: 'API', status: 'major_outage', group_id })
    const page = {
      page: {},
      components: [
        { id: 'eu', name: 'Europe', group: true },
        { id: 'us', name: 'Americas', group: true },
        part('c1', 'eu'),
        part('c2', 'us'),
        { id: 'c3', name: 'Mail', status: 'major_outage', group_id: 'eu' },
      ],
      incidents: [
        {
          id: 'i',
          name: 'Errors',
          created_at: '2026-11-24T10:00:00Z',
          components: [part('c1', 'eu'), { id: 'c3', name: 'Mail' }, { id: 'c9', name: 'Billing' }],
        },
      ],
    }
    expect(await named('statuspage', JSON.stringify(page))).toEqual(['Billing', 'Europe / API', 'Mail'])
    const affected = [
      { code: 'c1', name: 'Europe - API' },
      { code: 'c3', name: 'Europe - Mail' },
    ]
    Object.assign(page.incidents[0] ?? {}, {
      incident_updates: [
        { id: 'u', body: 'We look.', display_at: '2026-11-24T10:00:00Z', affected_components: affected },
      ],
    })
    expect(await named('statuspage', JSON.stringify(page))).toEqual(['Billing', 'Europe / API', 'Mail'])
  })

  test('on a page of Better Stack', async () => {
    const page = JSON.parse(await fixture('betterstack.json'))
    expect(await named('betterstack', JSON.stringify(page))).toEqual(['API', 'Uploads (West Europe)'])
    for (const entry of page.included.slice(3, 5)) entry.attributes.public_name = 'API'
    expect(await named('betterstack', JSON.stringify(page))).toEqual(['Others / API', 'UK South / API'])
  })
})
