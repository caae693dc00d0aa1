import type { Redis } from 'ioredis'
import { accessOf } from '../../server/access/access.ts'
import { accessTokens } from '../../server/access/tokens.ts'
import { minuteLimit, type WrongTokens } from '../../server/http/admission.ts'
import { admittedScreens } from '../../server/screens/admitted-screens.ts'

/** Who may what, as `server/main.ts` composes it, on a store and with tokens of the test's own. Without any: all may read. */
export function testAccess(
  redis: Redis,
  {
    viewToken,
    adminToken,
    now = Date.now,
    admitted = admittedScreens(redis),
    wrongTokens = { limit: minuteLimit(0, now), trustedProxies: 0 },
  }: {
    viewToken?: string | undefined
    adminToken?: string | undefined
    now?: () => number
    admitted?: Parameters<typeof accessOf>[0]['admitted']
    wrongTokens?: WrongTokens
  } = {},
) {
  const onInvalid = (what: string, key: string, why: string) => {
    throw new Error(`${what} ${key}: ${why}`)
  }
  const tokens = accessTokens({ redis, now, log: { warn: () => undefined }, onInvalid })
  return { ...accessOf({ viewToken, adminToken, admitted, tokens, wrongTokens }), tokens }
}
