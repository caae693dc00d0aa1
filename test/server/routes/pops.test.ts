import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import Koa from 'koa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routerOf } from '../../../server/http/route.ts'
import { currentState } from '../../../server/live/current.ts'
import { getPopStatuses, getPops, popStatuses } from '../../../server/routes/regions.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { loadPops } from '../../../shared/regions/pops.ts'
import { component, NOON, source } from '../../support/builders.ts'
import { namesOf } from '../../support/names.ts'

const pops = await loadPops(new URL('../../../shared/regions/pops/', import.meta.url))

const edge = (id: string, name: string, status: 'operational' | 'partial_outage', provider = 'cloudflare') =>
  component(id, { name, status, provider })
const view = {
  ...emptyView(),
  sources: new Map([
    ['cf', source('cf', { provider: 'cloudflare' })],
    ['mute', source('mute', { provider: 'fastly', failures: 9, lastOkAt: null })],
  ]),
  components: new Map(
    [
      edge('cf/1', 'Amsterdam, Netherlands - (AMS)', 'partial_outage'),
      edge('cf/2', 'London, United Kingdom - (LHR)', 'operational'),
      edge('cf/3', 'API', 'operational'),
      edge('cf/4', 'Nowhere - (QQQ)', 'operational'),
      edge('cf/5', 'Frankfurt (FRA) routing', 'operational'),
      edge('mute/1', 'Stockholm (BMA)', 'operational', 'fastly'),
      edge('cf/6', 'Amsterdam (AMS)', 'operational', 'nobody'),
    ].map(one => [one.id, one]),
  ),
}

test('a location is as its component says, and unknown where the source is silent', () =>
  expect([...popStatuses(pops, view, NOON)]).toEqual([
    ['cloudflare/AMS', 'partial_outage'],
    ['cloudflare/LHR', 'operational'],
    ['fastly/BMA', 'unknown'],
  ]))

describe('over HTTP', () => {
  let server: Server
  let url: string
  beforeAll(async () => {
    const current = currentState()
    current.replace(view)
    const router = routerOf([getPops, getPopStatuses], { pops, current, ...namesOf(current), now: () => NOON })
    server = createServer(new Koa().use(router.routes()).callback()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  })
  afterAll(() => server.close())
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers })

  test('the locations of one provider or of all are given, to be kept for a day', async () => {
    const all = await get('/api/pops')
    expect(all.headers.get('cache-control')).toBe('max-age=86400')
    expect((await all.json()).pops).toHaveLength(pops.size)
    const { pops: own } = await (await get('/api/pops?provider=fastly')).json()
    expect(own.length).toBeGreaterThan(50)
    expect(own.every((pop: { provider: string }) => pop.provider === 'fastly')).toBe(true)
    expect((await get('/api/pops?provider=Fastly')).status).toBe(400)
  })

  test('they are not sent again to whoever has them', async () => {
    const etag = (await get('/api/pops')).headers.get('etag') ?? ''
    expect((await get('/api/pops', { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' })).status).toBe(304)
  })

  test('statuses come with the event that they include, and are not to be kept', async () => {
    const answer = await get('/api/pops/statuses?provider=cloudflare')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(await answer.json()).toEqual({
      simulated: false,
      head: '0-0',
      statuses: { 'cloudflare/AMS': 'partial_outage', 'cloudflare/LHR': 'operational' },
    })
  })
})
