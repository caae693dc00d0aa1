import { encode } from 'uqr'

/** A longer address makes a code too fine to be read from across a room, characters. */
const LONGEST = 320
/** Modules of quiet around a code, as the standard asks. @see https://www.qrcode.com/en/howto/code.html */
const QUIET = 4

/** A QR code: an SVG path of its dark modules in a square of `side`, its quiet zone included. */
export type QrPath = { path: string; side: number }

/** A web address → its QR code, of which 15 % may be hidden (level M); null where it is too long to be read from afar. */
export function qrPath(url: string): QrPath | null {
  if (url.length > LONGEST) return null
  const { data, size } = encode(url, { ecc: 'M', border: QUIET })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1Z` : ''))).join('')
  return { path, side: size }
}
