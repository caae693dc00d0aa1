import { z } from 'zod'
import { Instant, type RecordId, Slug, text } from './primitives.ts'
import { Use } from './stack.ts'

/** The push services of the browsers. Where anybody may read, a subscription is at one of them. */
export const pushServices: readonly string[] = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  'web.push.apple.com',
  'notify.windows.com',
]

export const isPushService = (endpoint: string): boolean => {
  const { hostname } = new URL(endpoint)
  return pushServices.some(host => hostname === host || hostname.endsWith(`.${host}`))
}

/** What a subscription is about: a stack of the settings, or the reader's own. */
export const PushSubject = z.union([
  z.strictObject({ stack: Slug }),
  z.strictObject({ name: text(80), uses: z.array(Use).min(1).max(100) }),
])
export type PushSubject = z.infer<typeof PushSubject>

/** What a browser asks for. @see https://www.w3.org/TR/push-api/#pushsubscription-interface */
export const NewPushSubscription = z.strictObject({
  endpoint: z
    .string()
    .max(1024)
    .regex(/^https:\/\/[^\s"<>@\\]+$/i, 'must be an https address')
    .refine(endpoint => URL.canParse(endpoint), 'must be an https address'),
  keys: z.strictObject({
    /** A point of P-256, uncompressed, in base64url. */
    p256dh: z.string().regex(/^B[\w-]{86}$/, 'must be a key of P-256'),
    auth: z.string().regex(/^[\w-]{22}$/, 'must be 16 bytes in base64url'),
  }),
  about: PushSubject,
  /** The least status that is told. */
  from: z.enum(['degraded_performance', 'partial_outage', 'major_outage']).default('degraded_performance'),
  language: z.enum(['en', 'de', 'ja']).default('en'),
})
export type NewPushSubscription = z.infer<typeof NewPushSubscription>

/** Of the SHA-256 of the endpoint: who knows it may end the subscription. */
export const PushSubscriptionId = z.string().regex(/^[0-9a-f]{32}$/)

/** A browser that is told while no page is open. */
export const PushSubscriber = z.object({
  ...NewPushSubscription.shape,
  id: PushSubscriptionId,
  /** By which right it was made: a digest of the view token, or '' where reading is open. */
  right: z.string().max(64),
  at: Instant,
})
export type PushSubscriber = z.infer<typeof PushSubscriber>

/** What is pushed: the service worker finds words for it. All texts are plain. */
export type PushNotice = {
  what: 'opened' | 'worsened' | 'resolved' | 'acknowledged' | 'other'
  language: NewPushSubscription['language']
  place: string
  /** The source's own. */
  title: string
  /** In English, for what has no words of its own: 'Its source is silent'. */
  state: string
  why: string | null
  by: string | null
  /** That of the conversation: a newer notice takes the place of an older one. */
  tag: string
  incident: RecordId | null
  /** It opened or got worse: all else changes what is shown without a sound. */
  isLoud: boolean
  isSimulated: boolean
}
