import type { Redis } from 'ioredis'
import { madeAt, parseAccessToken } from '../../shared/domain/access.ts'
import { tokenUses } from '../../shared/redis/last-uses.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { listTokens, readToken, type StoredToken } from '../../shared/redis/tokens.ts'
import { type KeptSecrets, keptSecrets } from './kept-secrets.ts'
import { lastUses } from './last-uses.ts'

export type AccessTokensDeps = {
  redis: Redis
  now: () => number
  log: { warn(fields: object, message: string): void }
  onInvalid: OnInvalid
}

export type AccessTokens = Omit<KeptSecrets<StoredToken>, 'identify'> & {
  /** The record of this token; null when it is none, or over. Rejects when only Redis could know and is away. */
  identify(token: string): Promise<StoredToken | null>
}

/** The tokens with a name, each with its last use. */
export function accessTokens({ redis, now, log, onInvalid }: AccessTokensDeps): AccessTokens {
  const uses = lastUses({ redis, now, log }, tokenUses, 'token')
  const kept = keptSecrets<StoredToken>({
    async list() {
      const tokens = await listTokens(redis, onInvalid)
      uses.forgetOthers(tokens)
      return tokens
    },
    read: id => readToken(redis, id, onInvalid),
    madeAt,
    now,
  })
  return {
    ...kept,
    async identify(token) {
      const parts = parseAccessToken(token)
      const found = parts && (await kept.identify(parts.id, parts.secret))
      if (found !== null) uses.note(found.id)
      return found
    },
  }
}
