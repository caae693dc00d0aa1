import { hasExpired } from '../../shared/domain/access.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import { isSecretOf } from '../http/admission.ts'
import type { Held } from '../screens/admitted-screens.ts'
import { oneAfterTheOther } from './one-after-the-other.ts'

/** What admits its bearer by a secret, of which the store has the SHA-256. */
type Kept = { id: string; digest: string; expiresAt: Instant | null }

export type KeptSecretsDeps<R extends Kept> = {
  list(): Promise<Map<string, R>>
  read(id: string): Promise<R | undefined>
  /** When its secret was made: whoever was admitted by an older one is no more. */
  madeAt(record: R): Instant
  now: () => number
}

export type KeptSecrets<R extends Kept> = {
  /** The record with this secret; null when there is none, or it is over. Rejects when only Redis could know and is away. */
  identify(id: string, secret: string): Promise<R | null>
  /** Cuts `held` when the record is revoked, made anew or over. Returns how to let go. */
  hold(record: R, held: Held): () => void
  /** Whether there is a record of this id, and it is not over. */
  isValid(id: string): boolean
  /** Reads the records again, and cuts whatever one that is no longer valid holds. */
  reload(): Promise<void>
  /** Cuts whatever a record holds whose time is over. */
  cutExpired(): void
}

/** Records that admit by a secret. They are kept here too: Redis is asked only about an unknown one. */
export function keptSecrets<R extends Kept>({ list, read, madeAt, now }: KeptSecretsDeps<R>): KeptSecrets<R> {
  let known = new Map<string, R>()
  const holding = new Map<string, { record: R; all: Set<Held> }>()

  const valid = (id: string): R | undefined => {
    const record = known.get(id)
    return record !== undefined && !hasExpired(record, now()) ? record : undefined
  }
  const isStillSo = (record: R): boolean => {
    const present = valid(record.id)
    return present !== undefined && madeAt(present) === madeAt(record)
  }
  const cutInvalid = () => {
    for (const [key, { record, all }] of holding) {
      if (isStillSo(record)) continue
      holding.delete(key)
      for (const held of all) held.cut()
    }
  }
  const load = async () => {
    known = await list()
    cutInvalid()
  }

  return {
    async identify(id, secret) {
      const isIts = (one?: R) => isSecretOf(secret, one?.digest ?? null)
      const kept = known.get(id)
      // one that was made on another server is not known here yet
      const found = isIts(kept) ? kept : await read(id)
      if (found === undefined || !isIts(found) || hasExpired(found, now())) return null
      known.set(found.id, found)
      return found
    },
    isValid: id => valid(id) !== undefined,
    hold(record, held) {
      // revoked between `identify` and `hold`
      if (!isStillSo(record)) held.cut()
      const key = `${record.id} ${madeAt(record)}`
      const its = holding.get(key) ?? { record, all: new Set<Held>() }
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
