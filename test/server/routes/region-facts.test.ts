import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import Koa from 'koa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routerOf } from '../../../server/http/route.ts'
import { currentState } from '../../../server/live/current.ts'
import { getRegion, getRegionFacts, getRegions } from '../../../server/routes/regions.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { namesOf } from '../../support/names.ts'

const catalogue = await loadCatalogue(new URL('../../../shared/regions/', import.meta.url))

let server: Server
let url: string
beforeAll(async () => {
  const current = currentState()
  current.replace(emptyView())
  const deps = { current, catalogue, ...namesOf(current, { catalogue }), regionFacts: catalogue.facts }
  const router = routerOf([getRegions, getRegion, getRegionFacts], deps)
  server = createServer(new Koa().use(router.routes()).callback()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(() => server.close())
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers })

test('the facts of all regions name their licences, and are to be kept for a day', async () => {
  const answer = await get('/api/regions/facts')
  expect(answer.headers.get('cache-control')).toBe('max-age=86400')
  const { attribution, facts } = await answer.json()
  expect(attribution).toContain('Electricity Maps (https://www.electricitymaps.com), 2025, Open Database License 1.0')
  expect(Object.keys(facts)).toEqual([...catalogue.regions.keys()])
  const again = await get('/api/regions/facts', {
    'If-None-Match': answer.headers.get('etag') ?? '',
    'Cache-Control': 'max-age=0',
  })
  expect(again.status).toBe(304)
})

test('a region has its own facts, grid and provider apart', async () => {
  const { region, facts } = await (await get('/api/regions/google/us-east4')).json()
  expect(region).toMatchObject({ carbonFree: 0.57, residency: 'US', restricted: false })
  expect(facts.grid).toEqual({ zone: 'US-MIDA-PJM', match: 'listed', intensity: 418, carbonFree: 0.39, year: 2025 })
  expect(facts.published).toEqual({ intensity: 343.48, carbonFree: 0.57, year: 2025 })
  expect(facts.claims.map(({ claim }: { claim: string }) => claim)).toEqual(['residency', 'fedramp'])
})

test('a list of regions marks those that open only on request', async () => {
  const { regions } = await (await get('/api/regions?provider=azure&country=CH')).json()
  expect(regions.map(({ code, restricted }: { code: string; restricted: boolean }) => [code, restricted])).toEqual([
    ['switzerlandnorth', false],
    ['switzerlandwest', true],
  ])
})
