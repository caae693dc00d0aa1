import type { Redis } from 'ioredis'
import { Source } from '../../shared/domain/source.ts'
import { keys } from '../../shared/redis/keys.ts'
import { type OnInvalid, parseHash } from '../../shared/redis/records.ts'

/** How long an answer of Redis is given to everybody who asks, in ms. */
const REUSE_MS = 1_000

export type FreshSourcesDeps = {
  redis: Redis
  /** What events told: what there is while Redis cannot be asked. */
  told: () => ReadonlyMap<string, Source>
  /** ms since the epoch */
  now: () => number
  log: { debug(fields: object, message: string): void }
  onInvalid: OnInvalid
}

/**
 * All sources as they are stored. Health is told by events only when it matters; when a source was last read is true to the
 * second here.
 */
export function freshSources(deps: FreshSourcesDeps): () => Promise<ReadonlyMap<string, Source>> {
  let asked: Promise<ReadonlyMap<string, Source>> | undefined
  let askedAt = 0
  const ask = () =>
    deps.redis.hgetall(keys.sources).then(
      hash => parseHash(Source, 'source', hash, deps.onInvalid),
      error => {
        deps.log.debug({ error: String(error) }, 'the sources could not be read; what was told of them is given')
        return deps.told()
      },
    )
  return () => {
    if (asked === undefined || deps.now() - askedAt >= REUSE_MS || deps.now() < askedAt) {
      askedAt = deps.now()
      asked = ask()
    }
    return asked
  }
}
