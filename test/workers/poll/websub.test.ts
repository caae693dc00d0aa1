import { expect, test } from 'vitest'
import type { HubAnswer, HubSubscription } from '../../../shared/redis/push.ts'
import { hubStep } from '../../../workers/poll/websub.ts'
import { hubRequest, minutesAgo, NOON } from '../../support/builders.ts'

const request = hubRequest({ askedAt: minutesAgo(10), retryAt: minutesAgo(9) })
const named = { hub: request.hub, topic: request.topic }
const granted = (more: Partial<Extract<HubAnswer, { kind: 'granted' }>> = {}): HubAnswer => ({
  kind: 'granted',
  token: request.token,
  askedAt: request.askedAt,
  at: minutesAgo(10),
  until: minutesAgo(-10),
  ...more,
})
const step = (more: Partial<HubSubscription & { publicUrl: string }> = {}, now = NOON) =>
  hubStep({
    source: 'news',
    named,
    request,
    answer: null,
    publicUrl: 'https://clouds.example.com',
    now,
    randomText: () => 'n'.repeat(43),
    ...more,
  })

test('a hub that is new to a source is asked with a token and a secret of its own', () => {
  const fresh = {
    ...named,
    token: 'n'.repeat(43),
    secret: 'n'.repeat(43),
    callback: `https://clouds.example.com/hooks/websub/news/${'n'.repeat(43)}`,
    askedAt: minutesAgo(0),
    attempts: 1,
    retryAt: minutesAgo(-1),
  }
  expect(step({ request: null })).toEqual({ do: 'ask', request: fresh })
  expect(step({ named: { ...named, hub: 'https://other.example.com/' }, answer: granted() })).toEqual({
    do: 'ask',
    request: { ...fresh, hub: 'https://other.example.com/' },
  })
  expect(step({ publicUrl: 'https://moved.example.com' })).toMatchObject({
    request: { token: fresh.token, callback: `https://moved.example.com/hooks/websub/news/${fresh.token}` },
  })
})

test('a hub that has not answered is asked again, each time after twice as long, up to six hours', () => {
  expect(step({ request: { ...request, retryAt: minutesAgo(-1) } })).toEqual({ do: 'wait' })
  expect(step()).toMatchObject({
    request: { token: request.token, secret: request.secret, attempts: 2, retryAt: minutesAgo(-2) },
  })
  expect(step({ request: { ...request, attempts: 40 } })).toMatchObject({ request: { retryAt: minutesAgo(-360) } })
})

test('a lease is renewed at four fifths of it, with the same token and secret', () => {
  expect(step({ answer: granted() }, NOON + 5.9 * 60_000)).toEqual({ do: 'wait' })
  expect(step({ answer: granted() }, NOON + 6 * 60_000)).toMatchObject({
    do: 'ask',
    request: { token: request.token, secret: request.secret, callback: request.callback, attempts: 1 },
  })
})

test('a renewal that is not answered is tried again, and the lease runs out meanwhile', () => {
  const renewing = { ...request, askedAt: minutesAgo(1), retryAt: minutesAgo(0) }
  expect(step({ request: renewing, answer: granted() })).toMatchObject({ do: 'ask', request: { attempts: 2 } })
  expect(step({ request: renewing, answer: granted({ until: minutesAgo(0) }) })).toEqual({ do: 'lapse' })
})

test('a hub that said no is left alone for a week', () => {
  const denied: HubAnswer = { kind: 'denied', token: request.token, askedAt: request.askedAt, at: minutesAgo(0) }
  expect(step({ answer: denied }, NOON + 7 * 86_400_000 - 1)).toEqual({ do: 'wait' })
  expect(step({ answer: denied }, NOON + 7 * 86_400_000)).toMatchObject({ do: 'ask' })
})

test('an answer to an earlier token is none', () => {
  expect(step({ answer: granted({ token: 'o'.repeat(43) }) })).toMatchObject({ do: 'ask', request: { attempts: 2 } })
})

test('what is no longer named is dropped', () => {
  expect(step({ named: null, answer: granted() })).toEqual({ do: 'drop' })
})
