import type { Redis } from 'ioredis'
import { parseScreenToken, type ScreenId } from '../../shared/domain/screen.ts'
import { listScreenDigests, readScreenDigest } from '../../shared/redis/screens.ts'
import { oneAfterTheOther } from '../access/one-after-the-other.ts'
import { isSecretOf } from '../http/admission.ts'

export type Held = { cut(): void }

export type AdmittedScreens = {
  /** The screen with this token; null when there is none. Rejects when only Redis could know and is away. */
  identify(token: string): Promise<ScreenId | null>
  isAdmitted(screen: ScreenId): boolean
  /** Cuts `held` when the screen's admission is withdrawn. Returns how to let go. */
  hold(screen: ScreenId, held: Held): () => void
  withdraw(screen: ScreenId): void
  /** Reads the admitted screens again, and cuts those that no longer are. */
  reload(): Promise<void>
}

/** The screens that were admitted by a code. Digests are kept here too: Redis is asked only about an unknown token. */
export function admittedScreens(redis: Redis): AdmittedScreens {
  let digests = new Map<ScreenId, string>()
  const holding = new Map<ScreenId, Set<Held>>()

  const cut = (screen: ScreenId) => {
    for (const held of holding.get(screen) ?? []) held.cut()
    holding.delete(screen)
  }

  const load = async () => {
    digests = await listScreenDigests(redis)
    for (const screen of holding.keys()) if (!digests.has(screen)) cut(screen)
  }

  return {
    async identify(token) {
      const parts = parseScreenToken(token)
      if (parts === null) return null
      const known = digests.get(parts.screen)
      if (known !== undefined) return isSecretOf(parts.secret, known) ? parts.screen : null
      const stored = await readScreenDigest(redis, parts.screen)
      if (!isSecretOf(parts.secret, stored) || stored === null) return null
      digests.set(parts.screen, stored)
      return parts.screen
    },
    isAdmitted: screen => digests.has(screen),
    hold(screen, held) {
      // withdrawn between `identify` and `hold`
      if (!digests.has(screen)) held.cut()
      const all = holding.get(screen) ?? new Set()
      holding.set(screen, all.add(held))
      return () => {
        all.delete(held)
        if (all.size === 0 && holding.get(screen) === all) holding.delete(screen)
      }
    },
    withdraw(screen) {
      digests.delete(screen)
      cut(screen)
    },
    reload: oneAfterTheOther(load),
  }
}
