import { createHmac } from 'node:crypto'
import { sameSecret } from './admission.ts'

/** @see https://www.w3.org/TR/websub/#recognized-algorithm-names */
const algorithms: ReadonlySet<string> = new Set(['sha1', 'sha256', 'sha384', 'sha512'])

/**
 * Whether `X-Hub-Signature` (`sha256=<hex>`) is the HMAC of the body, compared in constant time.
 * @see https://www.w3.org/TR/websub/#signature-validation
 */
export function isSigned(header: string, secret: string, body: Buffer): boolean {
  const [, algorithm = '', hex = ''] = /^([a-z0-9]{1,10})=([0-9a-f]{40,128})$/i.exec(header.trim()) ?? []
  const name = algorithm.toLowerCase()
  if (!algorithms.has(name)) return false
  return sameSecret(hex.toLowerCase(), createHmac(name, secret).update(body).digest('hex'))
}
