import { z } from 'zod'
import { Instant, text } from './primitives.ts'

/** What somebody did that others must live with. */
export const AuditAction = z.enum([
  'source.polled',
  'notice.posted',
  'notice.withdrawn',
  'delivery.replayed',
  'delivery.forgotten',
  'incident.acknowledged',
  'incident.lifted',
  'incident.note',
  'screen.admitted',
  'screen.named',
  'screen.commanded',
  'screen.forgotten',
  'token.made',
  'token.rotated',
  'token.revoked',
  'key.revoked',
  'session.begun',
  'session.ended',
  'config.changed',
])
export type AuditAction = z.infer<typeof AuditAction>

/** Who did what, and when. No secret and no text is in it: what it is about is named by its ids. */
export const AuditEntry = z.object({
  id: z.string().max(32),
  at: Instant,
  /** The name of the token that was given; `sources file` where that was changed. */
  by: text(80),
  what: AuditAction,
  about: z.record(text(40), text(200)),
})
export type AuditEntry = z.infer<typeof AuditEntry>
