import { expect, test } from 'vitest'
import { type Page, pageAt, pathOf } from '../../../shared/domain/pages.ts'

const pages: Page[] = [
  { name: 'dashboard' },
  { name: 'incidents' },
  { name: 'news' },
  { name: 'near' },
  { name: 'regions' },
  { name: 'sources' },
  { name: 'stack' },
  { name: 'walls' },
  { name: 'deliveries' },
  { name: 'region', region: 'azure/westeurope' },
  { name: 'incident', incident: 'azure-status/vm-1.2_x' },
  { name: 'provider', provider: 'azure' },
  { name: 'wall', wall: null },
  { name: 'wall', wall: 'lobby' },
]

test.each(pages)('$name has a path that leads back to it, with and without a slash at its end', page => {
  expect(pageAt(pathOf(page))).toEqual(page)
  expect(pageAt(pathOf(page).replace(/\/?$/, '/'))).toEqual(page)
})

test.each([
  '',
  '//',
  '/nothing',
  '/region',
  '/region/azure',
  '/region/a/b/c',
  '/provider/Azure',
  '/news/today',
  '/wall/The Lobby',
  '/incident/..%2f/x',
  '/api/stats',
  '/favicon.svg',
])('%j names no page', pathname => {
  expect(pageAt(pathname)).toBeNull()
})
