import { randomInt } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Context } from 'koa'
import { toInstant } from '../../shared/domain/primitives.ts'
import {
  CODE_LENGTH,
  CODE_LIFETIME_MS,
  codeAlphabet,
  NewPairing,
  PairingCode,
  PairingState,
} from '../../shared/domain/screen.ts'
import { addPairing, MAX_WAITING_OF_ADDRESS, readPairing } from '../../shared/redis/pairings.ts'
import {
  bearerToken,
  clientAddress,
  countWrongToken,
  isSecretOf,
  type MinuteLimit,
  networkOf,
  newSecret,
  type WrongTokens,
} from '../http/admission.ts'
import { route } from '../http/route.ts'
import type { ScreenController } from '../screens/screen-controller.ts'

/**
 * How a screen without a token is admitted: it asks for a code, shows it, and asks with the secret that came with the
 * code whether a person has admitted it. From then on the secret is its token.
 */
export type PairingDeps = {
  redis: Redis
  screens: Pick<ScreenController, 'announce'>
  /** Both set: screens are admitted by a code. Else these routes do not exist. */
  viewToken: string | undefined
  adminToken: string | undefined
  codes: MinuteLimit
  wrongTokens: WrongTokens
  now: () => number
}

/** Attempts at a code that is free. There are 148 million codes, so two attempts rarely fail. */
const MAX_ATTEMPTS = 4

export const createPairing = route({
  method: 'post',
  path: '/pairing',
  summary: 'A code for a screen that has no token.',
  details:
    '`{ "code", "secret", "until" }`: six characters for ten minutes. An address gets ten a minute, and twenty that wait.',
  answers: { 201: NewPairing },
  faults: [404, 429, 503],
  access: 'public',
  admit: demandPairing,
  cache: 'no-store',
  async handle({ ctx }, { redis, screens, codes, wrongTokens, now }: PairingDeps): Promise<NewPairing> {
    const address = clientAddress(ctx.req, wrongTokens.trustedProxies)
    const admitted = codes(address)
    if (!admitted.ok) ctx.throw(429, admitted.error)
    const { secret, digest } = newSecret()
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const code = pairingCode(randomInt)
      const outcome = await addPairing(redis, { code, digest, network: networkOf(address) }, now())
      if (outcome === 'taken') continue
      if (outcome === 'full') break
      if (outcome === 'crowded')
        ctx.throw(
          429,
          `${MAX_WAITING_OF_ADDRESS} screens of one address wait to be admitted: admit them on /walls first`,
        )
      await screens.announce({ kind: 'waiting' })
      return { code, secret, until: toInstant(now() + CODE_LIFETIME_MS) }
    }
    ctx.set('Retry-After', '60')
    return ctx.throw(503, 'too many screens wait to be admitted; try again in a minute', { expose: true })
  },
})

export const getPairing = route({
  method: 'get',
  path: '/pairing/:code',
  summary: 'Whether the screen with this code was admitted; with the secret beside the code as its token.',
  details: '`{ "state": "waiting" }` or `{ "state": "admitted", "screen" }`; 404 when the code is over.',
  answers: { 200: PairingState },
  faults: [404, 429, 503],
  access: 'screen',
  admit: demandPairing,
  cache: 'no-store',
  async handle({ ctx, params }, { redis, wrongTokens }: PairingDeps): Promise<PairingState> {
    const code = PairingCode.safeParse(params.code)
    const pairing = code.success ? await readPairing(redis, code.data) : null
    const secret = bearerToken(ctx.get('Authorization')) ?? ''
    if (!isSecretOf(secret, pairing?.digest ?? null) || pairing === null) {
      countWrongToken(ctx, wrongTokens)
      return ctx.throw(404, 'this code is over, or was never this screen’s: ask for another with POST /pairing')
    }
    return pairing.screen === null ? { state: 'waiting' } : { state: 'admitted', screen: pairing.screen }
  },
})

function demandPairing(ctx: Context, { viewToken, adminToken }: PairingDeps): void {
  if (viewToken === undefined || adminToken === undefined)
    ctx.throw(404, 'screens are not admitted by a code here: that needs a VIEW_TOKEN and an ADMIN_TOKEN')
}

/** A code of six characters, each as likely as any other. */
export const pairingCode = (randomInt: (below: number) => number): string =>
  Array.from({ length: CODE_LENGTH }, () => codeAlphabet.charAt(randomInt(codeAlphabet.length))).join('')
