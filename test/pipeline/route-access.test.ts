import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isData } from '../../server/http/app.ts'
import { allRoutes } from '../../server/routes/all.ts'
import { type Bearer, bearers, isRefusedAt, readAccessTable } from '../support/access-table.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

const VIEW = 'the-view-token-of-the-table'
const ADMIN = 'the-admin-token-of-the-table'
const tokens = new Map<Bearer, string>([
  ['a wrong one', 'a-token-of-somebody-else'],
  ['view token', VIEW],
  ['admin', ADMIN],
])

let stack: Stack
let url: string
beforeAll(async () => {
  stack = await startStack({ story: 'road', hasTeams: true })
  ;({ url } = await stack.another('server', { VIEW_TOKEN: VIEW, ADMIN_TOKEN: ADMIN, TRUST_PROXY: '1' }))
  await stack.ready(url)
  const knowsShop = async () => (await statusOf('GET', '/api/stacks/shop', 'admin')) === 200
  await until(knowsShop, 'the stacks of the sources file')
  const named = [
    ['of a stack', { role: 'operator', stack: 'shop' }],
    ['viewer', { role: 'viewer' }],
    ['operator', { role: 'operator' }],
  ] as const
  for (const [name, more] of named) {
    const answer = await fetch(`${url}/api/tokens`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${ADMIN}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ name, ...more }),
    })
    expect(answer.status).toBe(201)
    tokens.set(name, (await answer.json()).secret)
  }
})
afterAll(() => stack.close())

let asked = 0
/** Each request from an address of its own: what is counted is another test's. */
async function statusOf(method: string, path: string, bearer: Bearer): Promise<number> {
  const token = tokens.get(bearer)
  asked++
  const answer = await fetch(url + path, {
    method,
    redirect: 'manual',
    headers: {
      'X-Forwarded-For': `10.${asked >> 16}.${(asked >> 8) & 255}.${asked & 255}`,
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
  })
  await answer.body?.cancel()
  return answer.status
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const table = readAccessTable(readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8'))
const paths = [...new Set(allRoutes.map(({ path }) => path))]

/** What the table says; of a method that is none of the path's, what becomes of those who may read it. */
function expected(method: string, path: string, bearer: Bearer): string {
  const verdict = table.get(`${method === 'HEAD' ? 'GET' : method} ${path}`)?.get(bearer)
  if (verdict !== undefined) return verdict
  if (isData(path) && (bearer === 'no token' || bearer === 'a wrong one')) return '401'
  if (isData(path) && isRefusedAt(path, bearer)) return '403'
  return method === 'OPTIONS' ? 'open' : '405'
}

test('the table names every route, and no other', () => {
  expect([...table.keys()].sort()).toEqual(
    allRoutes.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort(),
  )
})

test.each(paths)('%s, by every method and with every token, is as the table says', async path => {
  /** Nothing is there by these names, so nothing is changed. */
  const at = path.replace(/[:*](\w+)/g, 'none')
  const asks = methods.flatMap(method => bearers.map(bearer => ({ method, bearer })))
  const answers = await Promise.all(
    asks.map(async ({ method, bearer }) => {
      const status = await statusOf(method, at, bearer)
      const isOpen = ![401, 403, 405, 429].includes(status) && status < 500
      return `${method} ${path} with ${bearer}: ${isOpen ? 'open' : status}`
    }),
  )
  expect(answers).toEqual(
    asks.map(({ method, bearer }) => `${method} ${path} with ${bearer}: ${expected(method, path, bearer)}`),
  )
})
