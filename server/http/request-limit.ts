import type { Redis } from 'ioredis'
import type { Context } from 'koa'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, RLWrapperTimeouts } from 'rate-limiter-flexible'
import { requestCounts } from '../../shared/redis/keys.ts'
import { clientAddress, networkOf } from './admission.ts'

/** Counts a request whose answer costs work; answers 429 where its network has made too many of them in a minute. */
export type CountRequest = (ctx: Context) => Promise<void>

/** Redis answers within a few; a request must not wait for one that hangs. */
const REDIS_TIMEOUT_MS = 500

export type RequestLimitDeps = { redis: Redis; perMinute: number; trustedProxies: number }

/**
 * All servers count together, in Redis. While it is away or hangs, each counts for itself.
 * @param deps perMinute: how many a network may make; 0 is no limit
 */
export function requestLimit({ redis, perMinute, trustedProxies }: RequestLimitDeps): CountRequest {
  if (perMinute === 0) return async () => undefined
  const window = { points: perMinute, duration: 60 }
  const together = new RateLimiterRedis({
    ...window,
    storeClient: redis,
    keyPrefix: requestCounts,
    rejectIfRedisNotReady: true,
    // who is refused costs Redis nothing more
    inMemoryBlockOnConsumed: perMinute,
  })
  const limiter = new RLWrapperTimeouts({
    limiter: together,
    timeoutMs: REDIS_TIMEOUT_MS,
    insuranceLimiter: new RateLimiterMemory(window),
  })
  return async ctx => {
    try {
      await limiter.consume(networkOf(clientAddress(ctx.req, trustedProxies)))
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      ctx.set('Retry-After', String(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))))
      ctx.throw(
        429,
        `more than ${perMinute} requests a minute from one address that cost work: ask for less, or less often`,
      )
    }
  }
}
