import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { readPushSubscriptions, removePushSubscriptions } from '../../../shared/redis/push-subscriptions.ts'
import type { OnInvalid } from '../../../shared/redis/records.ts'
import { type PushRules, rulesOfSubscriptions } from './push-rules.ts'
import type { Vapid } from './vapid.ts'

/** How soon a new subscription is heard of. */
const INTERVAL_MS = 2_000

type PushSubscribersDeps = {
  redis: Redis
  vapid: Vapid
  insideHosts: ReadonlySet<string>
  /** The rules of all subscriptions, at first and whenever they have changed. */
  take: (rules: PushRules) => void
  log: Logger
  onInvalid: OnInvalid
}

/** Follows who wants to be told while no page is open. */
export function followPushSubscribers({ redis, vapid, insideHosts, take, log, onInvalid }: PushSubscribersDeps): {
  stop(): Promise<void>
} {
  const stopping = new AbortController()
  const forget = async (id: string) => {
    await removePushSubscriptions(redis, [id])
  }
  const done = (async () => {
    let version: string | null = null
    while (!stopping.signal.aborted) {
      try {
        const found = await readPushSubscriptions(redis, version, onInvalid)
        if (found !== null) take(rulesOfSubscriptions(found.subscribers.values(), vapid, forget, insideHosts))
        version = found?.version ?? version
      } catch (error) {
        if (!stopping.signal.aborted) log.warn({ error: String(error) }, 'push subscriptions could not be read')
      }
      await sleep(INTERVAL_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await done
    },
  }
}
