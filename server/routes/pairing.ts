import { createHash, randomBytes, randomInt } from 'node:crypto'
import Router from '@koa/router'
import type { Redis } from 'ioredis'
import {
  type AskedPairing,
  CODE_LASTS_MS,
  CODE_LENGTH,
  codeAlphabet,
  PairingCode,
  type PairingState,
} from '../../shared/domain/pairing.ts'
import { toInstant } from '../../shared/domain/primitives.ts'
import { askPairing, readPairing } from '../../shared/redis/pairings.ts'
import {
  bearerToken,
  clientAddress,
  countWrongToken,
  isSecretOf,
  type MinuteLimit,
  type WrongTokens,
} from '../http/admission.ts'
import type { ScreenDesk } from '../screens/serve-screens.ts'

export type PairingDeps = {
  redis: Redis
  screens: Pick<ScreenDesk, 'tell'>
  /** Both set: screens are admitted by a code. Else these routes do not exist. */
  viewToken: string | undefined
  adminToken: string | undefined
  /** Counts the codes that an address asks for. */
  codes: MinuteLimit
  wrongTokens: WrongTokens
  now: () => number
}

/** Codes that are tried until one is free; two in a hundred million alike are unlikely enough. */
const TRIES = 4

/**
 * How a screen without a token is admitted: it asks for a code, shows it, and asks with the secret that it got beside it whether a
 * person has admitted that code. Then the secret is its token.
 */
export function pairingRoutes(deps: PairingDeps): Router {
  const { redis, viewToken, adminToken, now } = deps
  const router = new Router({ prefix: '/pairing' })

  router.use(async (ctx, next) => {
    if (viewToken === undefined || adminToken === undefined)
      return ctx.throw(404, 'screens are not admitted by a code here: that needs a VIEW_TOKEN and an ADMIN_TOKEN')
    ctx.set('Cache-Control', 'no-store')
    await next()
  })

  router.post('/', async ctx => {
    const admitted = deps.codes(clientAddress(ctx.req, deps.wrongTokens.trustedProxies))
    if (!admitted.ok) ctx.throw(429, admitted.error)
    const secret = randomBytes(32).toString('base64url')
    const digest = createHash('sha256').update(secret).digest('hex')
    for (let tried = 0; tried < TRIES; tried++) {
      const code = pairingCode(randomInt)
      const kept = await askPairing(redis, code, digest, now())
      if (kept === 'taken') continue
      if (kept === 'full') break
      await deps.screens.tell({ kind: 'waiting' })
      ctx.status = 201
      ctx.body = { code, secret, until: toInstant(now() + CODE_LASTS_MS) } satisfies AskedPairing
      return
    }
    ctx.set('Retry-After', '60')
    ctx.throw(503, 'too many screens wait to be admitted; try again in a minute')
  })

  router.get('/:code', async ctx => {
    const code = PairingCode.safeParse(ctx.params.code)
    const pairing = code.success ? await readPairing(redis, code.data) : null
    const secret = bearerToken(ctx.get('Authorization')) ?? ''
    if (!isSecretOf(secret, pairing?.digest ?? null) || pairing === null) {
      countWrongToken(ctx, deps.wrongTokens)
      return ctx.throw(404, 'this code is over, or was never this screen’s: ask for another with POST /pairing')
    }
    const state: PairingState =
      pairing.screen === null ? { state: 'waiting' } : { state: 'admitted', screen: pairing.screen }
    ctx.body = state
  })

  return router
}

/**
 * A code of six characters, each as likely as any other.
 * @param randomInt a whole number from 0 to below what it is given, from a source that cannot be foreseen
 */
export const pairingCode = (randomInt: (below: number) => number): string =>
  Array.from({ length: CODE_LENGTH }, () => codeAlphabet.charAt(randomInt(codeAlphabet.length))).join('')
