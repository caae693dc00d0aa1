import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import type { PushSubscriber } from '../../../../shared/domain/push.ts'
import {
  addPushSubscription,
  keepPushSubscriptionsOf,
  readPushSubscriptions,
  writePushKey,
} from '../../../../shared/redis/push-subscriptions.ts'
import { type PushRules, rulesOfSubscriptions } from '../../../../workers/notify/push/push-rules.ts'
import { followPushSubscribers } from '../../../../workers/notify/push/push-subscribers.ts'
import { newVapidKey, vapidOf } from '../../../../workers/notify/push/vapid.ts'
import type { WebPushConfig } from '../../../../workers/notify/targets/web-push.ts'
import { minutesAgo } from '../../../support/builders.ts'
import { redisOfFile, refuse } from '../../../support/redis-of-file.ts'
import { until } from '../../../support/temporary-redis.ts'

const server = redisOfFile()
const vapid = vapidOf(newVapidKey(), undefined)

const subscriber = (n: number, more: Partial<PushSubscriber> = {}): PushSubscriber => ({
  id: String(n).padStart(32, '0'),
  endpoint: `https://web.push.apple.com/${n}`,
  keys: { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) },
  about: { stack: 'shop' },
  from: 'degraded_performance',
  language: 'en',
  right: '',
  at: minutesAgo(0),
  ...more,
})

const own = { name: 'Mine', uses: [{ kind: 'region' as const, region: 'aws/eu-west-1' }] }

test('each subscription is a rule and a target, and an own stack is one that its rule names', () => {
  const { rules, targets, stacks } = rulesOfSubscriptions(
    [subscriber(1), subscriber(2, { about: own, from: 'major_outage' })],
    vapid,
    async () => undefined,
    new Set(['push.example.internal']),
  )
  const [first, second] = [`push-${'1'.padStart(32, '0')}`, `push-${'2'.padStart(32, '0')}`]
  expect(rules).toMatchObject([
    { id: first, stack: 'shop', from: 'degraded_performance', to: [first] },
    { id: second, stack: second, from: 'major_outage', to: [second] },
  ])
  expect(stacks).toEqual([{ id: second, ...own }])
  expect(targets.map(({ id }) => id)).toEqual([first, second])
})

test('a push service inside is reached only where its host was named', () => {
  const endpoints = [
    'https://push.example.internal:8443/1',
    'https://other.example.internal/1',
    'https://web.push.apple.com/1',
  ]
  const subscribers = endpoints.map((endpoint, n) => subscriber(n, { endpoint }))
  const { targets } = rulesOfSubscriptions(
    subscribers,
    vapid,
    async () => undefined,
    new Set(['push.example.internal']),
  )
  expect(targets.map(({ isPrivate }) => isPrivate)).toEqual([true, undefined, undefined])
})

test('who subscribes is heard of, and who has ended a subscription is forgotten', async () => {
  let latest: PushRules | undefined
  const following = followPushSubscribers({
    ...{
      redis: server.redis,
      vapid,
      insideHosts: new Set<string>(),
      log: pino({ level: 'silent' }),
      onInvalid: refuse,
    },
    take: rules => {
      latest = rules
    },
  })
  onTestFinished(() => following.stop())
  await until(() => latest?.rules.length === 0, 'the first reading')
  await addPushSubscription(server.redis, subscriber(1))
  await until(() => latest?.rules.length === 1, 'the subscription')
  const config: WebPushConfig | undefined = latest?.targets[0]?.config
  await config?.onGone()
  await until(() => latest?.rules.length === 0, 'its end')
})

test('with another view token the subscriptions of the old one end', async () => {
  await addPushSubscription(server.redis, subscriber(1, { right: 'old' }))
  await addPushSubscription(server.redis, subscriber(2, { right: 'new' }))
  expect(await keepPushSubscriptionsOf(server.redis, 'new', refuse)).toBe(1)
  const kept = await readPushSubscriptions(server.redis, null, refuse)
  expect([...(kept?.subscribers.values() ?? [])]).toEqual([subscriber(2, { right: 'new' })])
})

test('with another key of the workers all subscriptions end, and with the same one, or for a while none, they stay', async () => {
  const count = async () => (await readPushSubscriptions(server.redis, null, refuse))?.subscribers.size
  await writePushKey(server.redis, 'BFirst')
  await addPushSubscription(server.redis, subscriber(1))
  await writePushKey(server.redis, 'BFirst')
  expect(await count()).toBe(1)
  await writePushKey(server.redis, 'BSecond')
  expect(await count()).toBe(0)
  await addPushSubscription(server.redis, subscriber(1))
  await writePushKey(server.redis, null)
  expect(await count()).toBe(1)
})
