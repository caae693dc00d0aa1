import { createHmac, randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { signingSecret } from '../../shared/redis/signing-secret.ts'

export type Signer = {
  /** Reads the secret of the store again, as at the start and after a restore. */
  load(): Promise<void>
  /** 43 characters that nobody without the store's secret can make: the first part says what for. */
  sign(...parts: readonly string[]): string
}

/**
 * Signs keys and cookies with the random secret of the store. A token may be among the parts, so that what was signed
 * ends with it; guessing it would need the secret too. Until the secret is read, what is signed is valid nowhere.
 */
export function signer(redis: Redis): Signer {
  let secret: Buffer = randomBytes(32)
  return {
    async load() {
      secret = await signingSecret(redis)
    },
    sign: (...parts) => createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url'),
  }
}
