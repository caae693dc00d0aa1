import { randomBytes } from 'node:crypto'

const digits = '0123456789abcdefghjkmnpqrstvwxyz'

/** A ULID in lower case: 48 bits of time, 80 of chance. @see https://github.com/ulid/spec */
export function ulid(now: number): string {
  const time = Array.from({ length: 10 }, (_, i) => digits[Math.floor(now / 32 ** (9 - i)) % 32]).join('')
  const chance = [...randomBytes(16)].map(byte => digits[byte % 32]).join('')
  return time + chance
}
