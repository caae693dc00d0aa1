import { expect, test } from 'vitest'
import { verify } from '../../../server/routes/hooks.ts'
import { hubRequest, minutesAgo, NOON } from '../../support/builders.ts'

const request = hubRequest()
const question = (more: Record<string, unknown> = {}) => ({
  'hub.mode': 'subscribe',
  'hub.topic': request.topic,
  'hub.challenge': 'echo me',
  'hub.lease_seconds': '600',
  ...more,
})

test('a subscription that was asked for is confirmed with the challenge, and its lease kept', () => {
  expect(verify(question(), request, NOON)).toEqual({
    echo: 'echo me',
    answer: {
      kind: 'granted',
      token: request.token,
      askedAt: request.askedAt,
      at: minutesAgo(0),
      until: minutesAgo(-10),
    },
  })
})

test('a denial is kept', () => {
  const denied = { 'hub.mode': 'denied', 'hub.topic': request.topic, 'hub.reason': 'no' }
  expect(verify(denied, request, NOON)).toMatchObject({ echo: '', answer: { kind: 'denied', token: request.token } })
})

test('no lease is longer than ninety days', () => {
  const answer = verify(question({ 'hub.lease_seconds': '9999999999' }), request, NOON)?.answer
  expect(answer).toMatchObject({ until: minutesAgo(-90 * 24 * 60) })
})

test.each([
  ['an end', { 'hub.mode': 'unsubscribe' }],
  ['another topic', { 'hub.topic': `${request.topic}/` }],
  ['two topics', { 'hub.topic': [request.topic, request.topic] }],
  ['no topic', { 'hub.topic': undefined }],
  ['no challenge', { 'hub.challenge': '' }],
  ['no lease', { 'hub.lease_seconds': undefined }],
  ['a lease in words', { 'hub.lease_seconds': 'long' }],
  ['a denial of another topic', { 'hub.mode': 'denied', 'hub.topic': 'https://other.example.com/' }],
])('%s is not confirmed', (_, more) => {
  expect(verify(question(more), request, NOON)).toBeNull()
})
