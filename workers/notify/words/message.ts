import { z } from 'zod'
import { Instant, RecordId, Slug, text, WebUrl } from '../../../shared/domain/primitives.ts'
import { Status } from '../../../shared/domain/status.ts'

/** What a rule can ask for. `maintenance` is one that begins within a day, `unreachable` what a probe finds itself. */
export const happenings = ['opened', 'worse', 'better', 'resolved', 'maintenance', 'unreachable', 'silent'] as const

/** Why a message is sent: what happened, or what our own house does about it. */
export const Occasion = z.enum([...happenings, 'again', 'acknowledged', 'lifted', 'digest', 'test'])
export type Occasion = z.infer<typeof Occasion>

/** A line of a digest, or what else belongs to a conversation. */
const Mention = z.object({ place: text(200), title: text(300), status: Status, url: WebUrl.nullable() })
export type Mention = z.infer<typeof Mention>

/**
 * What is told at one moment, whole: a target renders it and asks for nothing more. All texts are plain, and `title`
 * and `words` are a source's own.
 */
export const Message = z.object({
  /** The same for every attempt: the event, and the rule that asked for it. */
  id: z.string().max(200),
  rule: Slug,
  /** What is shown as one thread, one alarm, one page. */
  conversation: z.string().max(200),
  /** From 1; the first one opens the conversation. */
  n: z.int().positive(),
  occasion: Occasion,
  /** When it happened, by our clock. */
  at: Instant,
  /** How it is now; `operational` once it is over. */
  status: Status,
  /** Nothing more is open in this conversation. */
  isOver: z.boolean(),
  isMaintenance: z.boolean(),
  /** The incident that it is about; null for a source, a probe, a digest or a test. */
  incident: RecordId.nullable(),
  /** 'AWS us-east-1', 'Stripe'. */
  place: text(200),
  title: text(300),
  /** Since when, by the source's clock and by ours; null where not known. */
  since: z.object({ theirs: Instant.nullable(), ours: Instant.nullable() }),
  /** When it ended, by the source's clock, and by ours where it did not say. */
  until: Instant.nullable(),
  /** Begin and end of a maintenance. */
  window: z.object({ from: Instant.nullable(), until: Instant.nullable() }).nullable(),
  /** The newest words of the source. */
  words: text(2000).nullable(),
  /** Why it concerns the stack: 'Shop uses AWS Lambda in us-east-1.' */
  why: text(500).nullable(),
  /** Other incidents of the conversation, or the lines of a digest. */
  also: z.array(Mention).max(50),
  /** Mentions that did not fit. */
  alsoOmitted: z.int().nonnegative(),
  /** The one link: the incident's page at ours, else at the provider's. */
  url: WebUrl.nullable(),
  /** Opens a page of ours that asks who acknowledges; null where nobody can. */
  acknowledgeUrl: WebUrl.nullable(),
  acknowledged: z.object({ by: text(80), at: Instant, until: Instant.nullable(), note: text(500) }).nullable(),
  /** The time zone of the rule; times are shown in it. */
  timeZone: z.string().max(64),
  isSimulated: z.boolean(),
})
export type Message = z.infer<typeof Message>
