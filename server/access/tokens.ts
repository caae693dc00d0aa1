import type { Redis } from 'ioredis'
import { hasExpired, madeAt, parseAccessToken, type TokenId } from '../../shared/domain/access.ts'
import { tokenUses } from '../../shared/redis/last-uses.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { listTokens, readToken, type StoredToken } from '../../shared/redis/tokens.ts'
import { isSecretOf } from '../http/admission.ts'
import type { Held } from '../screens/admitted-screens.ts'
import { lastUses } from './last-uses.ts'
import { oneAfterTheOther } from './one-after-the-other.ts'

export type AccessTokensDeps = {
  redis: Redis
  now: () => number
  log: { warn(fields: object, message: string): void }
  onInvalid: OnInvalid
}

export type AccessTokens = {
  /** The record of this token; null when it is none, or over. Rejects when only Redis could know and is away. */
  identify(token: string): Promise<StoredToken | null>
  /** Cuts `held` when the token is revoked, made anew or over. Returns how to let go. */
  hold(token: StoredToken, held: Held): () => void
  /** Whether there is a token of this id, and it is not over. */
  isValid(id: TokenId): boolean
  /** Reads the tokens again, and cuts whatever one that is no longer valid holds. */
  reload(): Promise<void>
  /** Cuts whatever a token holds whose time is over. */
  cutExpired(): void
}

/** The tokens with a name. They are kept here too: Redis is asked only about an unknown one. */
export function accessTokens({ redis, now, log, onInvalid }: AccessTokensDeps): AccessTokens {
  let known = new Map<TokenId, StoredToken>()
  const holding = new Map<string, { token: StoredToken; all: Set<Held> }>()
  const uses = lastUses({ redis, now, log }, tokenUses, 'token')

  const valid = (id: TokenId): StoredToken | undefined => {
    const token = known.get(id)
    return token !== undefined && !hasExpired(token, now()) ? token : undefined
  }
  const isStillSo = (token: StoredToken): boolean => {
    const present = valid(token.id)
    return present !== undefined && madeAt(present) === madeAt(token)
  }
  const cutInvalid = () => {
    for (const [key, { token, all }] of holding) {
      if (isStillSo(token)) continue
      holding.delete(key)
      for (const held of all) held.cut()
    }
  }
  const load = async () => {
    known = await listTokens(redis, onInvalid)
    uses.forgetOthers(known)
    cutInvalid()
  }

  return {
    async identify(token) {
      const parts = parseAccessToken(token)
      if (parts === null) return null
      const isIts = (one?: StoredToken) => isSecretOf(parts.secret, one?.digest ?? null)
      const kept = known.get(parts.id)
      // one that was made anew on another server is not known here yet
      const found = isIts(kept) ? kept : await readToken(redis, parts.id, onInvalid)
      if (found === undefined || !isIts(found) || hasExpired(found, now())) return null
      known.set(found.id, found)
      uses.note(found.id)
      return found
    },
    isValid: id => valid(id) !== undefined,
    hold(token, held) {
      // revoked between `identify` and `hold`
      if (!isStillSo(token)) held.cut()
      const key = `${token.id} ${madeAt(token)}`
      const its = holding.get(key) ?? { token, all: new Set<Held>() }
      holding.set(key, its)
      its.all.add(held)
      return () => {
        its.all.delete(held)
        if (its.all.size === 0 && holding.get(key) === its) holding.delete(key)
      }
    },
    reload: oneAfterTheOther(load),
    cutExpired: cutInvalid,
  }
}
