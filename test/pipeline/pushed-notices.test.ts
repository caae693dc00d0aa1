import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keys } from '../../shared/redis/keys.ts'
import { incident } from '../support/builders.ts'
import { startWebPush } from '../support/services/web-push.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { tellIncident } from '../support/tell-incident.ts'
import { until } from '../support/temporary-redis.ts'

const certificate = new URL('../fixtures/tls/localhost.pem', import.meta.url)
const VIEW_TOKEN = 'a-view-token-of-this-test'

let service: Awaited<ReturnType<typeof startWebPush>>
let stack: Stack
beforeAll(async () => {
  const key = readFileSync(new URL('../fixtures/tls/key.pem', import.meta.url))
  service = await startWebPush({ key, cert: readFileSync(certificate) })
  const environment = {
    VIEW_TOKEN,
    VAPID_PRIVATE_KEY: service.vapid.privateKey,
    PRIVATE_PUSH_HOSTS: new URL(service.subscription.endpoint).hostname,
    NODE_EXTRA_CA_CERTS: fileURLToPath(certificate),
  }
  stack = await startStack({ story: 'road', environment })
  await stack.ready()
})
afterAll(async () => {
  await stack.close()
  await service.stop()
})

const ask = (path: string, request: RequestInit = {}) =>
  fetch(stack.url + path, {
    ...request,
    headers: { authorization: `Bearer ${VIEW_TOKEN}`, 'content-type': 'application/json' },
  })

const outage = (more: object = {}) =>
  incident('own/1', { title: 'Disks are full', provider: 'azure', regions: ['azure/westeurope'], ...more })

test('a reader’s own stack is told of while no page is open, until the browser ends its subscription', async () => {
  await until(async () => (await (await ask('/api/push-key')).json()).key === service.vapid.publicKey, 'the key')
  const about = { name: 'Mine', uses: [{ kind: 'region', region: 'azure/westeurope' }] }
  const body = JSON.stringify({ ...service.subscription, about, language: 'ja' })
  expect((await ask('/api/push-subscriptions', { method: 'POST', body })).status).toBe(201)
  await until(async () => (await stack.redis.redis.get(keys.notifyCursor)) !== null, 'the notifier to begin')

  await tellIncident(stack.redis.redis, outage(), true)
  await until(() => service.notices.length > 0, 'the notice')
  expect(service.notices[0]).toMatchObject({
    what: 'opened',
    language: 'ja',
    title: 'Disks are full',
    why: expect.stringContaining('Mine'),
    incident: 'own/1',
  })

  service.end()
  await tellIncident(stack.redis.redis, outage({ impact: 'critical' }), false)
  await until(async () => (await stack.redis.redis.hlen(keys.pushSubscriptions)) === 0, 'the end of the subscription')
  expect(service.notices).toHaveLength(1)
})
