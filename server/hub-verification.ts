import { z } from 'zod'
import { toInstant } from '../shared/domain/primitives.ts'
import type { HubAnswer, HubRequest } from '../shared/redis/hub-subscriptions.ts'

/** What a hub's question comes to: the answer to keep, and the text to give back. */
export type Verified = { answer: HubAnswer; echo: string }

/** No lease counts as longer than this, in seconds. */
const LONGEST_LEASE_S = 90 * 86_400

const Topic = { 'hub.topic': z.string() }
const Question = z.discriminatedUnion('hub.mode', [
  z.object({
    'hub.mode': z.literal('subscribe'),
    ...Topic,
    'hub.challenge': z.string().min(1).max(4096),
    'hub.lease_seconds': z.string().regex(/^\d{1,10}$/),
  }),
  z.object({ 'hub.mode': z.literal('denied'), ...Topic }),
])

/**
 * A hub asks whether a subscription is wanted, or says that it will not have it. Pure; null when that is not about just what
 * a worker has asked for. An end is never asked for, so none is confirmed.
 * @param query the query string, parsed @param now ms
 * @see https://www.w3.org/TR/websub/#hub-verifies-intent
 */
export function verify(query: unknown, request: HubRequest, now: number): Verified | null {
  const question = Question.safeParse(query).data
  if (question?.['hub.topic'] !== request.topic) return null
  const about = { token: request.token, askedAt: request.askedAt, at: toInstant(now) }
  if (question['hub.mode'] === 'denied') return { answer: { kind: 'denied', ...about }, echo: '' }
  const leaseMs = Math.min(LONGEST_LEASE_S, Number(question['hub.lease_seconds'])) * 1000
  return {
    answer: { kind: 'granted', ...about, until: toInstant(now + leaseMs) },
    echo: question['hub.challenge'],
  }
}
