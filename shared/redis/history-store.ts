import type { Redis } from 'ioredis'
import type { Change, Gap } from '../domain/history.ts'
import type { RegionId } from '../domain/primitives.ts'
import { Status } from '../domain/status.ts'
import { historyOf, keys } from './keys.ts'

/** What the roll-up has remembered: of each region its changes of status, and when nobody watched; oldest first. */
export async function readHistory(
  redis: Redis,
  regions: readonly RegionId[],
): Promise<{ changes: Map<RegionId, Change[]>; gaps: Gap[] }> {
  const replies = await redis
    .pipeline([['lrange', keys.gaps, '0', '-1'], ...regions.map(region => ['lrange', historyOf(region), '0', '-1'])])
    .exec()
  const [gaps = [], ...lists] = (replies ?? []).map(([error, value]) => {
    if (error) throw error
    return Array.isArray(value) ? value.map(String) : []
  })
  return {
    gaps: gaps.map(gap => {
      const [from, until] = gap.split(' ').map(Number)
      return { from: from ?? 0, until: until ?? 0 }
    }),
    changes: new Map(regions.map((region, index) => [region, (lists[index] ?? []).flatMap(parseChange)])),
  }
}

function parseChange(text: string): Change[] {
  const [at, word] = text.split(' ')
  const status = Status.safeParse(word)
  return status.success ? [{ at: Number(at), status: status.data }] : []
}
