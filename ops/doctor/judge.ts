import type { Facts } from './facts.ts'
import { type Finding, wrong } from './finding.ts'
import { judgeHost } from './judge-host.ts'
import { judgeRedis } from './judge-redis.ts'
import { judgeStore } from './judge-store.ts'

/** What was seen → how each thing stands, what comes first standing under what comes later. */
export function judge({ now, host, redis }: Facts): Finding[] {
  if ('error' in redis)
    return [
      ...judgeHost(host),
      wrong('redis', redis.error, 'npm start brings its own; systemctl status redis, docker compose ps tell of others'),
    ]
  return [...judgeHost(host), ...judgeRedis(redis), ...judgeStore(redis.store, now)]
}
