import { z } from 'zod'
import { Instant, RecordId, Slug, text } from './primitives.ts'

/** What lists say of a message: what it tells, and where it goes. The message itself is the workers' own. */
export const MessageBrief = z.object({
  /** That of the message: the same for every attempt and every target. */
  id: z.string().max(200),
  target: Slug,
  rule: Slug,
  conversation: z.string().max(200),
  /** 'opened', 'worse', 'digest' … */
  occasion: z.string().max(40),
  incident: RecordId.nullable(),
  place: text(200),
  title: text(300),
})
export type MessageBrief = z.infer<typeof MessageBrief>

/** Why a lane waits: its first message was not taken. */
export const LaneTrouble = z.object({ attempts: z.int().nonnegative(), since: Instant, why: text(300) })
export type LaneTrouble = z.infer<typeof LaneTrouble>

/** A message that was sent. */
export const Delivery = MessageBrief.extend({ at: Instant, attempts: z.int().positive() })
export type Delivery = z.infer<typeof Delivery>

/** A message that nobody got: refused by its service, or tried for a day. */
export const DeadLetter = Delivery.extend({ deadId: z.string().regex(/^\d{1,15}$/), why: text(300) })
export type DeadLetter = z.infer<typeof DeadLetter>
