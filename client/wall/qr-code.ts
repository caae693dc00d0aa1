import { encode } from 'uqr'

/** A longer address makes a code too fine to scan from across a room. */
const MAX_URL_LENGTH = 320
/** The quiet zone that the standard asks for. @see https://www.qrcode.com/en/howto/code.html */
const QUIET_MODULES = 4

/** An SVG path of the dark modules in a square of `side`, quiet zone included. */
export type QrCode = { path: string; side: number }

/**
 * The QR code of a web address, or null if the address is too long. Level M: 15 % of it may be covered.
 * @see https://github.com/unjs/uqr
 */
export function qrCode(url: string): QrCode | null {
  if (url.length > MAX_URL_LENGTH) return null
  const { data, size } = encode(url, { ecc: 'M', border: QUIET_MODULES })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1Z` : ''))).join('')
  return { path, side: size }
}
