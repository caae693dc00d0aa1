import { z } from 'zod'
import { Instant } from './primitives.ts'
import { ScreenId, ScreenName, ScreenPlace } from './screen.ts'

/** What a code is made of: digits and capitals, without those that are taken for one another (0 O, 1 I L, 2 Z, 5 S, 8 B, U V). */
export const codeAlphabet = '34679ACDEFGHJKMNPQRTWXY'
export const CODE_LENGTH = 6

/** How long a code may be used, in ms. */
export const CODE_LASTS_MS = 10 * 60_000

/** A code as a person types it: case, spaces and hyphens do not matter. */
export const PairingCode = z
  .string()
  .max(24)
  .transform(typed => typed.toUpperCase().replace(/[\s-]/g, ''))
  .pipe(z.string().regex(new RegExp(`^[${codeAlphabet}]{${CODE_LENGTH}}$`), 'must be the six characters on the screen'))

/** 32 random bytes in base64url. */
export const PairingSecret = z.string().regex(/^[\w-]{43}$/)

/** What a screen gets that asks for a code. The secret stays with it and never stands on the screen. */
export const AskedPairing = z.object({ code: z.string(), secret: PairingSecret, until: Instant })
export type AskedPairing = z.infer<typeof AskedPairing>

/** What it is told when it asks again: whether somebody has admitted it, and as which screen. */
export const PairingState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('waiting') }),
  z.object({ state: z.literal('admitted'), screen: ScreenId }),
])
export type PairingState = z.infer<typeof PairingState>

/** What a person gives who admits a screen. */
export const Admission = z.strictObject({
  code: PairingCode,
  name: ScreenName.pipe(z.string().min(1, 'must not be empty')),
  place: ScreenPlace.default(''),
})

/** The token of an admitted screen: which it is, and the secret that it got with its code. */
export const screenToken = (screen: ScreenId, secret: string): string => `${screen}.${secret}`

/** A token → its parts; null for what is no screen's. */
export function parseScreenToken(token: string): { screen: ScreenId; secret: string } | null {
  const [, screen, secret] = /^([0-9a-f]{32})\.([\w-]{43})$/.exec(token) ?? []
  return screen === undefined || secret === undefined ? null : { screen, secret }
}
