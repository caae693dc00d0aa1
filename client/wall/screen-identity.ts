import { z } from 'zod'
import { screenToken } from '../../shared/domain/pairing.ts'
import { ScreenId } from '../../shared/domain/screen.ts'

/** Who this screen is, for as long as its browser keeps it. */
export type ScreenIdentity = {
  readonly id: ScreenId
  /** What opens the server to it; null until it is admitted. */
  readonly token: string | null
  /** It was admitted as this screen, with this secret. */
  admit(screen: ScreenId, secret: string): void
  /** Its admission counts no more. */
  withdraw(): void
}

const Kept = z.object({ id: ScreenId, token: z.string().max(200).nullable() })

/**
 * Two windows of one browser are two screens when their addresses name them apart, by `name` or by their place `at` in a wall of
 * several.
 */
export const identityKey = (query: Pick<URLSearchParams, 'get'>): string =>
  ['nephoscope.screen', query.get('name'), query.get('at')].filter(part => part !== null).join(':')

/** What a screen is let in with, where one of this browser was admitted; null else. */
export const keptToken = (storage: Storage | null, key: string): string | null => read(storage, key)?.token ?? null

/** The identity under a key; a new one where there is none. @param random bytes that nobody foresees */
export function screenIdentity(
  storage: Storage | null,
  key: string,
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array,
): ScreenIdentity {
  let kept = read(storage, key) ?? { id: newId(random), token: null }
  const keep = (next: typeof kept) => {
    kept = next
    storage?.setItem(key, JSON.stringify(next))
  }
  keep(kept)
  return {
    get id() {
      return kept.id
    },
    get token() {
      return kept.token
    },
    admit: (screen, secret) => keep({ id: screen, token: screenToken(screen, secret) }),
    // who it was is known to those who withdrew it
    withdraw: () => keep({ id: newId(random), token: null }),
  }
}

function read(storage: Storage | null, key: string): z.infer<typeof Kept> | null {
  try {
    return Kept.safeParse(JSON.parse(storage?.getItem(key) ?? 'null')).data ?? null
  } catch {
    return null
  }
}

const newId = (random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): ScreenId =>
  Array.from(random(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
