import type { TLSSocket } from 'node:tls'
import { reasonOf } from '../http/failure.ts'

const DAY_MS = 86_400_000

/** Why the certificate that the other side showed is not trusted, in plain words. `now` in ms since the epoch. */
export function distrustOf(socket: TLSSocket, now: number): string {
  const code = String(socket.authorizationError) // a code, though the types call it an Error
  const reason = reasonOf(Object.assign(new Error('the certificate is not trusted'), { code }))
  const expiredMs = now - Date.parse(socket.getPeerCertificate().valid_to)
  // Where another certificate of the chain has expired, the server's own still has time.
  return code === 'CERT_HAS_EXPIRED' && expiredMs > 0 ? `${reason}, ${daysOf(expiredMs)} ago` : reason
}

function daysOf(ms: number): string {
  const days = Math.floor(ms / DAY_MS)
  return days === 1 ? '1 day' : `${days} days`
}
