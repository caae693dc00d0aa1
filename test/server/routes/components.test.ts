import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import Koa from 'koa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routerOf } from '../../../server/http/route.ts'
import { currentState } from '../../../server/live/current.ts'
import { getComponents } from '../../../server/routes/components.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { component } from '../../support/builders.ts'
import { namesOf } from '../../support/names.ts'

const parts = [
  component('github-status/b', { provider: 'github', group: 'Europe', status: 'operational' }),
  component('github-status/a', { provider: 'github', status: 'major_outage' }),
  component('stripe/1', { provider: 'stripe' }),
]

const vendors = new Map([
  ['github', {}],
  ['stripe', {}],
])

let server: Server
let url: string
beforeAll(async () => {
  const current = currentState()
  current.replace({ ...emptyView(), components: new Map(parts.map(one => [one.id, one])) })
  server = createServer(
    new Koa().use(routerOf([getComponents], { current, ...namesOf(current, { vendors }) }).routes()).callback(),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(() => server.close())

const get = async (query: string) => {
  const answer = await fetch(`${url}/api/components${query}`)
  return { status: answer.status, body: await answer.json().catch(() => null) }
}

test('all parts of a provider are given with their groups, the well ones too', async () =>
  expect((await get('?provider=github')).body).toEqual({
    simulated: false,
    head: '0-0',
    components: [parts[1], parts[0]],
  }))

test('without a provider those of all are', async () => expect((await get('')).body.components).toHaveLength(3))

test('a provider that can be none is refused', async () => expect((await get('?provider=No%20one')).status).toBe(400))
