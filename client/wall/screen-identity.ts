import { z } from 'zod'
import { ScreenId, screenToken } from '../../shared/domain/screen.ts'
import { readStored } from '../browser.ts'

export type ScreenIdentity = {
  readonly id: ScreenId
  readonly token: string | null
  admit(screen: ScreenId, secret: string): void
  withdraw(): void
}

const Kept = z.object({ id: ScreenId, token: z.string().max(200).nullable() })

/** The storage key. Two windows of a browser are two screens if `name` or `at` differ in their addresses. */
export const identityKey = (query: Pick<URLSearchParams, 'get'>): string =>
  ['nephoscope.screen', query.get('name'), query.get('at')].filter(part => part !== null).join(':')

/** The identity under a key; a new one if there is none. `random` fills bytes with secure random values. */
export function screenIdentity(
  storage: Storage | null,
  key: string,
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array,
): ScreenIdentity {
  let kept = readStored(storage, key, Kept) ?? { id: newId(random), token: null }
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
    // the old id is known to the person who withdrew it
    withdraw: () => keep({ id: newId(random), token: null }),
  }
}

const newId = (random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): ScreenId =>
  Array.from(random(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
