import { afterAll, beforeAll, expect, test } from 'vitest'
import { plainGet } from '../support/plain-get.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack({ story: 'demo', every: '1s' })
  await stack.ready()
  await until(async () => (await (await ask('/api/incidents')).json()).incidents.length > 0, 'an incident')
  const page = async () => (await ask('/statuspage/azure/api/v2/summary.json')).text()
  await until(async () => (await page()).length > 10_000, 'the regions of Azure to be rolled up')
  await stack.workers.stop() // so that answers stay the same
})
afterAll(() => stack.close())

const ask = (path: string, init?: RequestInit) => fetch(stack.url + path, init)

test.each([
  ['PUT', '/api/regions', 'GET, HEAD, OPTIONS'],
  ['PROPFIND', '/api/regions', 'GET, HEAD, OPTIONS'],
  ['POST', '/badge/provider/azure.svg', 'GET, HEAD, OPTIONS'],
  ['POST', '/healthz', 'GET, HEAD, OPTIONS'],
  ['GET', '/api/screens/x/commands', 'OPTIONS, POST'],
  ['DELETE', '/pairing', 'OPTIONS, POST'],
  ['GET', '/hooks/statuspage/azure-status', 'OPTIONS, POST'],
  ['DELETE', '/', 'GET, HEAD, OPTIONS'],
  ['PUT', '/region/azure/westeurope', 'GET, HEAD, OPTIONS'],
  ['POST', '/service-worker.js', 'GET, HEAD, OPTIONS'],
  ['PATCH', '/no/such/page', 'GET, HEAD, OPTIONS'],
])('%s is not for %s, and 405 says what is', async (method, path, allow) => {
  const answer = await ask(path, { method, headers: { Accept: 'text/html' } })
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(await answer.json()).toMatchObject({ type: 'about:blank', title: 'Method Not Allowed', status: 405 })
  const options = await ask(path, { method: 'OPTIONS' })
  expect([options.status, options.headers.get('allow')]).toEqual([204, allow])
})

test.each(['/hooks/none', '/pairing/none/of/this', '/api/none', '/feeds/none', '/hooks/statuspage/none?secret=x'])(
  'what is not there is a problem at %s too',
  async path => {
    const answer = await ask(path, path.includes('?') ? { method: 'POST' } : {})
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
  },
)

test.each([
  '/api/regions',
  '/api/openapi.json',
  '/api/asyncapi.json',
  '/feeds/all.rss',
  '/feeds/all.json',
  '/statuspage/azure/api/v2/summary.json',
  '/metrics',
  '/region/azure/westeurope',
])('%s is compressed for whoever takes it, and says the same', async path => {
  const [br, gzip, plain] = await Promise.all(
    ['br', 'gzip', 'identity'].map(encoding => ask(path, { headers: { 'Accept-Encoding': encoding } })),
  )
  expect([br, gzip, plain].map(answer => answer?.headers.get('content-encoding'))).toEqual(['br', 'gzip', null])
  for (const answer of [br, gzip, plain]) expect(answer?.headers.get('vary')).toMatch(/\bAccept-Encoding\b/)
  const [one = '', ...others] = await Promise.all([br, gzip, plain].map(async answer => (await answer?.text()) ?? ''))
  expect(one.length).toBeGreaterThan(1_000)
  if (path !== '/metrics') expect(others).toEqual([one, one])
})

test.each(['/api/regions', '/api/incidents?state=all', '/api/openapi.json', '/feeds/all.atom'])(
  '%s is not sent again while it is the same, however it was compressed',
  async path => {
    const etag = (await ask(path, { headers: { 'Accept-Encoding': 'br' } })).headers.get('etag') ?? ''
    expect(etag).toMatch(/^W\/"[\w-]+"$/)
    expect(await plainGet(stack.url + path, { 'If-None-Match': etag })).toEqual({ status: 304, bytes: 0 })
  },
)

test('a cache is got past by any parameter of a document, and none of the API', async () => {
  for (const path of ['/badge/provider/azure.svg', '/feeds/all.rss', '/embed/region/azure/westeurope'])
    expect([path, (await ask(`${path}?v=123&_=1`)).status]).toEqual([path, 200])
  expect(await (await ask('/api/regions?provder=azure')).json()).toMatchObject({
    status: 400,
    detail: "there is no parameter 'provder': did you mean provider?",
  })
})
