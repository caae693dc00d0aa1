import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isData } from '../../server/http/app.ts'
import { allRoutes } from '../../server/routes/all.ts'
import { type Bearer, bearers, readAccessTable } from '../support/access-table.ts'
import { type Stack, startStack } from '../support/stack.ts'

const VIEW = 'the-view-token-of-the-table'
const ADMIN = 'the-admin-token-of-the-table'
const tokens: Readonly<Record<Bearer, string | null>> = {
  'no token': null,
  'a wrong one': 'a-token-of-somebody-else',
  'view token': VIEW,
  'admin token': ADMIN,
}

let stack: Stack
let url: string
beforeAll(async () => {
  stack = await startStack({ story: 'road' })
  const environment = { VIEW_TOKEN: VIEW, ADMIN_TOKEN: ADMIN, TRUST_PROXY: '1' }
  ;({ url } = await stack.another('server', environment))
  await stack.ready(url)
})
afterAll(() => stack.close())

let asked = 0
/** Each request from an address of its own: what is counted is another test's. */
async function statusOf(method: string, path: string, bearer: Bearer): Promise<number> {
  const token = tokens[bearer]
  asked++
  const answer = await fetch(url + path, {
    method,
    redirect: 'manual',
    headers: {
      'X-Forwarded-For': `10.${asked >> 16}.${(asked >> 8) & 255}.${asked & 255}`,
      ...(token !== null && { Authorization: `Bearer ${token}` }),
    },
  })
  await answer.body?.cancel()
  return answer.status
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const table = readAccessTable(readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8'))
const paths = [...new Set(allRoutes.map(({ path }) => path))]

test('the table names every route, and no other', () => {
  expect([...table.keys()].sort()).toEqual(
    allRoutes.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort(),
  )
})

test.each(paths)('%s, by every method and with every token, is as the table says', async path => {
  const own = methods.filter(method => table.has(`${method === 'HEAD' ? 'GET' : method} ${path}`))
  /** Nothing is there by these names, so nothing is changed. */
  const at = path.replace(/[:*](\w+)/g, 'none')
  for (const method of methods)
    for (const bearer of bearers) {
      const status = await statusOf(method, at, bearer)
      const isOpen = ![401, 403, 405, 429].includes(status) && status < 500
      const said = isOpen ? 'open' : String(status)
      const line = `${method} ${path} with ${bearer}: `
      const verdict = table.get(`${method === 'HEAD' ? 'GET' : method} ${path}`)?.[bearer]
      if (verdict !== undefined) {
        expect(line + said).toBe(line + verdict)
        continue
      }
      const mayRead = !isData(path) || bearer === 'view token' || bearer === 'admin token'
      const other = method === 'OPTIONS' ? 'open' : '405'
      expect(line + said).toBe(line + (mayRead ? other : '401'))
    }
  expect(own.length).toBeGreaterThan(0)
})
