import { expect, test } from 'vitest'
import { routeOf } from '../../../client/service-worker/routing.ts'

const ORIGIN = 'https://clouds.example.com'
const SCOPE = `${ORIGIN}/`
const shell = new Set(['/index.html', '/theme.js', '/assets/index-1.js'])
const asked = (path: string, more: Partial<Pick<Request, 'method' | 'mode' | 'url'>> = {}) =>
  routeOf({ method: 'GET', mode: 'no-cors', url: `${ORIGIN}${path}`, ...more }, shell, SCOPE)

test('a page is asked of the server first, a built file comes from the shell', () => {
  expect(asked('/region/azure/westeurope?tab=news', { mode: 'navigate' })).toBe('page')
  expect(asked('/', { mode: 'navigate' })).toBe('page')
  expect(asked('/assets/index-1.js')).toBe('shell')
})

test.each([
  '/api/snapshot',
  '/API/snapshot',
  '/socket.io/?EIO=4',
  '/feeds/all.rss',
  '/hooks/websub/a/b',
  '/badge/provider/aws.svg',
  '/card/provider/aws.png',
  '/embed/region/aws/eu-west-1',
  '/calendar/provider/aws.ics',
  '/oembed?url=x',
  '/statuspage/aws',
  '/metrics',
])('%s never passes through the worker, even when a tab is opened on it', path => {
  expect(asked(path)).toBeNull()
  expect(asked(path, { mode: 'navigate' })).toBeNull()
})

test('what is not ours, not a GET or not known is left to the browser', () => {
  expect(asked('/', { method: 'POST', mode: 'navigate' })).toBeNull()
  expect(asked('/', { mode: 'navigate', url: 'https://elsewhere.example.com/' })).toBeNull()
  expect(asked('/assets/of-another-build.js')).toBeNull()
})

test('under a path, only what is below it is ours', () => {
  const files = new Set(['/status/assets/index-1.js'])
  const under = (path: string, mode: Request['mode'] = 'navigate') =>
    routeOf({ method: 'GET', mode, url: `${ORIGIN}${path}` }, files, `${ORIGIN}/status/`)
  expect(under('/status/region/azure/westeurope')).toBe('page')
  expect(under('/status/assets/index-1.js', 'no-cors')).toBe('shell')
  expect(under('/status/api/snapshot')).toBeNull()
  expect(under('/region/azure/westeurope')).toBeNull()
})
