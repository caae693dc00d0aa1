import { z } from 'zod'
import { Instant, text } from './primitives.ts'

/** 128 random bits in hex. */
export const ScreenId = z.string().regex(/^[0-9a-f]{32}$/, 'must be the 32 hexadecimal digits of a screen')
export type ScreenId = z.infer<typeof ScreenId>

/** What a wall calls one of its scenes. */
export const ScreenScene = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be the name of a scene, such as map')

/** One line that a person gives or reads. What turns the direction of writing would let it pass for another. */
const plainLine = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `must be at most ${most} characters`)
    .regex(/^[^\p{Cc}\u202A-\u202E\u2066-\u2069]*$/u, 'must be one line of plain text')

export const ScreenName = plainLine(40)
export const ScreenPlace = plainLine(80)

/** What a screen tells of itself every few seconds. */
export const ScreenReport = z.object({
  id: ScreenId,
  /** What its address calls it; null where that says nothing. */
  name: ScreenName.nullable(),
  /** Path and query of what it shows. */
  address: text(1000),
  build: text(64),
  /** Of the window, in CSS pixels. */
  width: z.number().int().min(0).max(100_000),
  height: z.number().int().min(0).max(100_000),
  pixelRatio: z.number().min(0).max(100),
  theme: text(32),
  /** What it can show, and shows now. */
  scenes: z.array(ScreenScene).max(40),
  scene: ScreenScene.nullable(),
  pinned: ScreenScene.nullable(),
  muted: z.boolean(),
  /** Whether an incident is on it that nobody has acknowledged. */
  alerting: z.boolean(),
  /** Frames of the last second that it counted; null while it is hidden. */
  fps: z.number().min(0).max(1000).nullable(),
  visible: z.boolean(),
  /** Up to when its picture was the present; null while it has none. */
  asOf: Instant.nullable(),
})
export type ScreenReport = z.infer<typeof ScreenReport>

/** What a screen is to be until somebody changes it; it outlives reloads of the screen. */
export const ScreenOrders = z.object({
  name: ScreenName,
  place: ScreenPlace,
  /** The scene that stays; null while they rotate. */
  pinned: ScreenScene.nullable(),
  muted: z.boolean(),
  /** Grows with each change: what is older than what a screen follows is late. */
  revision: z.number().int().min(0),
})
export type ScreenOrders = z.infer<typeof ScreenOrders>

/** A screen as those see it who control it. */
export const Screen = z.object({
  id: ScreenId,
  ...ScreenOrders.shape,
  /** When it was admitted by its code; null where it needed none, or holds the view token. */
  admittedAt: Instant.nullable(),
  /** Its last sign of life; null before the first. */
  seenAt: Instant.nullable(),
  /** Whether a server holds its socket, as far as that server could say. */
  connected: z.boolean(),
  report: ScreenReport.nullable(),
})
export type Screen = z.infer<typeof Screen>

/** How often a screen reports, in ms. */
export const REPORT_INTERVAL_MS = 5_000
/** A screen that has been silent for longer is not there, whatever was said of its socket; in ms. */
export const SILENT_AFTER_MS = 20_000

/** Whether a screen is there at `now` (ms). */
export const isOnline = ({ connected, seenAt }: Pick<Screen, 'connected' | 'seenAt'>, now: number): boolean =>
  connected && seenAt !== null && now - Date.parse(seenAt) < SILENT_AFTER_MS

/** What a person may have a screen do. What is pinned or muted stays so; the rest is done once. */
export const ScreenCommand = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['identify', 'reload', 'acknowledge', 'unpin', 'mute', 'unmute']) }),
  z.strictObject({ kind: z.enum(['scene', 'pin']), scene: ScreenScene }),
])
export type ScreenCommand = z.infer<typeof ScreenCommand>

/** What a command changes in the orders; null where it is done once and leaves nothing behind. */
export function ordersOf(command: ScreenCommand): Partial<Pick<ScreenOrders, 'pinned' | 'muted'>> | null {
  switch (command.kind) {
    case 'pin':
      return { pinned: command.scene }
    case 'unpin':
      return { pinned: null }
    case 'mute':
    case 'unmute':
      return { muted: command.kind === 'mute' }
    default:
      return null
  }
}

/** What reaches a screen: something to do once, or orders to follow. */
export const ScreenTask = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['identify', 'reload', 'acknowledge']) }),
  z.object({ kind: z.literal('scene'), scene: ScreenScene }),
  z.object({ kind: z.literal('orders'), orders: ScreenOrders }),
])
export type ScreenTask = z.infer<typeof ScreenTask>

/** What became of a command: the screen said that it did it, it did not say so in time, or it is not there. */
export const Outcome = z.enum(['shown', 'unanswered', 'not-connected'])
export type Outcome = z.infer<typeof Outcome>

/** The answer to a report. */
export const ReportAnswer = z.object({
  orders: ScreenOrders,
  /** Whether somebody is looking, so that a picture is wanted. */
  watched: z.boolean(),
})
export type ReportAnswer = z.infer<typeof ReportAnswer>

/** Bytes that a picture of a screen may have. */
export const MAX_SCREENSHOT_BYTES = 20 * 1024
/** The least time between two pictures of a screen, in ms. */
export const SCREENSHOT_INTERVAL_MS = 10_000

/** A small picture as a data address. Base64 takes four characters for three bytes. */
export const ScreenshotImage = z
  .string()
  .max(32 + Math.ceil(MAX_SCREENSHOT_BYTES / 3) * 4, `must be at most ${MAX_SCREENSHOT_BYTES} bytes`)
  .regex(/^data:image\/(?:webp|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/, 'must be a WebP or JPEG image as a data address')

/** What a screen showed at an instant. */
export const Screenshot = z.object({ id: ScreenId, at: Instant, image: ScreenshotImage })
export type Screenshot = z.infer<typeof Screenshot>

/** All that those see who control the screens. */
export const Screens = z.object({
  screens: z.array(Screen),
  pictures: z.array(Screenshot),
  /** How many show a code and wait to be admitted; null where none need to be. */
  waiting: z.number().int().nullable(),
})
export type Screens = z.infer<typeof Screens>

/** What changed since they were last told. */
export const ScreensChange = z.object({ ...Screens.shape, removed: z.array(ScreenId) })
export type ScreensChange = z.infer<typeof ScreensChange>

/** What a code is made of: digits and capitals, without those that are taken for one another (0 O, 1 I L, 2 Z, 5 S, 8 B, U V). */
export const codeAlphabet = '34679ACDEFGHJKMNPQRTWXY'
export const CODE_LENGTH = 6

/** How long a code may be used, in ms. */
export const CODE_LIFETIME_MS = 10 * 60_000

/** A code as a person types it: case, spaces and hyphens do not matter. */
export const PairingCode = z
  .string()
  .max(24)
  .transform(typed => typed.toUpperCase().replace(/[\s-]/g, ''))
  .pipe(z.string().regex(new RegExp(`^[${codeAlphabet}]{${CODE_LENGTH}}$`), 'must be the six characters on the screen'))

/** 32 random bytes in base64url. */
export const PairingSecret = z.string().regex(/^[\w-]{43}$/)

/** What a screen gets that asks for a code. The secret stays with it and never stands on the screen. */
export const NewPairing = z.object({ code: z.string(), secret: PairingSecret, until: Instant })
export type NewPairing = z.infer<typeof NewPairing>

/** What it is told when it asks again: whether somebody has admitted it, and as which screen. */
export const PairingState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('waiting') }),
  z.object({ state: z.literal('admitted'), screen: ScreenId }),
])
export type PairingState = z.infer<typeof PairingState>

/** What a person gives who admits a screen. */
export const Admission = z.strictObject({
  code: PairingCode,
  name: ScreenName.pipe(z.string().min(1, 'must not be empty')),
  place: ScreenPlace.default(''),
})

/** The token of an admitted screen: which it is, and the secret that it got with its code. */
export const screenToken = (screen: ScreenId, secret: string): string => `${screen}.${secret}`

/** A token → its parts; null for what is no screen's. */
export function parseScreenToken(token: string): { screen: ScreenId; secret: string } | null {
  const [, screen, secret] = /^([0-9a-f]{32})\.([\w-]{43})$/.exec(token) ?? []
  return screen === undefined || secret === undefined ? null : { screen, secret }
}
