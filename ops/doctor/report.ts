import { type Finding, type Mark, wrong } from './finding.ts'
import type { HostFacts } from './gather-host.ts'
import type { RedisFacts } from './gather-redis.ts'
import { judgeHost } from './judge-host.ts'
import { judgeRedis } from './judge-redis.ts'
import { judgeStore } from './judge-store.ts'

/** `redis` has an error if it cannot be reached; `now` in ms. */
export type Facts = { now: number; host: HostFacts; redis: RedisFacts | { error: string } }

/** Facts → findings: each check depends on those before it. */
export function judge({ now, host, redis }: Facts): Finding[] {
  if ('error' in redis)
    return [
      ...judgeHost(host),
      wrong('redis', redis.error, 'npm start brings its own; systemctl status redis, docker compose ps tell of others'),
    ]
  return [...judgeHost(host), ...judgeRedis(redis), ...judgeStore(redis.store, now)]
}

const marks: Record<Mark, string> = { ok: '✓ ok   ', look: '! look ', wrong: '✗ wrong' }
const WIDTH = 14

/** Findings → lines for people: mark, check, result and mend. The last line counts them. */
export function asLines(findings: readonly Finding[]): string[] {
  const count = (mark: Mark) => findings.filter(finding => finding.mark === mark).length
  return [
    ...findings.map(({ check, mark, says, mend }) => {
      const line = `${marks[mark]} ${check.padEnd(WIDTH)} ${says}`
      return (mend === undefined ? line : `${line}. Mend: ${mend}`).replaceAll('\n', ' ')
    }),
    isWell(findings)
      ? `All is well${count('look') > 0 ? `; ${count('look')} to look at` : ''}`
      : `${count('wrong')} wrong, ${count('look')} to look at`,
  ]
}

export const asJson = (findings: readonly Finding[]): string =>
  JSON.stringify({ ok: isWell(findings), findings }, null, 2)

export const isWell = (findings: readonly Finding[]): boolean => findings.every(({ mark }) => mark !== 'wrong')
