import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { errorsAsJson } from '../../../server/http/app.ts'
import { feedKey, guard } from '../../../server/routes/guard.ts'

const VIEW = 'a-view-token-of-many-letters'

let http: Server
beforeAll(async () => {
  const admitted = { identify: async () => null, hold: () => () => undefined }
  const wrongTokens = { limit: () => ({ ok: true as const, value: true as const }), trustedProxies: 0 }
  const app = new Koa().use(errorsAsJson)
  app.use(guard({ viewToken: VIEW, adminToken: undefined, screens: { admitted }, wrongTokens }))
  app.use(ctx => {
    ctx.body = 'open'
  })
  http = createServer(app.callback()).listen(0, '127.0.0.1')
  await once(http, 'listening')
})
afterAll(() => http.close())

const statusOf = async (path: string, channel: string) => {
  const { port } = http.address() as AddressInfo // it listens on a port, not on a socket
  return (await fetch(`http://127.0.0.1:${port}${path}?key=${feedKey(VIEW, channel)}`)).status
}

test.each([
  ['stack/shop', '/feeds/stack/shop.atom'],
  ['stack/shop', '/badge/stack/shop.svg'],
  ['stack/shop', '/embed/stack/shop'],
  ['stack/shop', '/statuspage/stack/shop/api/v2/incidents/unresolved.json'],
  ['stack/shop', '/calendar/stack/shop.ics'],
  ['stack/shop', '/statuspage/stack/shop'],
  ['stack/shop', '/statuspage/stack/shop/history.atom'],
  ['service/aws/lambda', '/statuspage/service/aws/lambda/api/v2/summary.json'],
  ['region/aws/us-east-1/lambda', '/statuspage/region/aws/us-east-1/lambda/history.rss'],
  ['vendor/stripe', '/badge/vendor/stripe.svg'],
  ['service/aws/lambda', '/embed/service/aws/lambda'],
  ['region/aws/us-east-1/lambda', '/feeds/region/aws/us-east-1/lambda.rss'],
  ['provider/stack', '/statuspage/stack/api/v2/summary.json'],
])('the key of %s opens %s', async (channel, path) => expect(await statusOf(path, channel)).toBe(200))

test.each([
  ['stack/shop', '/feeds/stack/site.atom'],
  ['stack/shop', '/calendar/stack/site.ics'],
  ['stack/shop', '/calendar/stack/shop/../site.ics'],
  ['stack/shop', '/statuspage/stack/site/api/v2/summary.json'],
  ['provider/stack', '/statuspage/stack/shop/api/v2/summary.json'],
  ['stack/shop', '/statuspage/shop/api/v2/summary.json'],
  ['service/aws/lambda', '/badge/region/aws/us-east-1/lambda.svg'],
  ['stack/shop', '/api/stacks/shop'],
])('the key of %s does not open %s', async (channel, path) => expect(await statusOf(path, channel)).toBe(401))
