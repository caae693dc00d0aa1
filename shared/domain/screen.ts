import { z } from 'zod'
import { Instant, text } from './primitives.ts'

/** 128 random bits in hex. */
export const ScreenId = z.string().regex(/^[0-9a-f]{32}$/, 'must be the 32 hexadecimal digits of a screen')
export type ScreenId = z.infer<typeof ScreenId>

export const ScreenScene = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be the name of a scene, such as map')

/** One line of text. Characters that turn the writing direction could make it look like another, and are refused. */
const plainLine = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `must be at most ${max} characters`)
    .regex(/^[^\p{Cc}\u202A-\u202E\u2066-\u2069]*$/u, 'must be one line of plain text')

export const ScreenName = plainLine(40)
export const ScreenPlace = plainLine(80)

export const ScreenReport = z.object({
  id: ScreenId,
  /** The name in its address; null without one. */
  name: ScreenName.nullable(),
  address: text(1000),
  build: text(64),
  /** The window, in CSS pixels. */
  width: z.number().int().min(0).max(100_000),
  height: z.number().int().min(0).max(100_000),
  pixelRatio: z.number().min(0).max(100),
  theme: text(32),
  /** The scenes that it can show, and the present one. */
  scenes: z.array(ScreenScene).max(40),
  scene: ScreenScene.nullable(),
  pinned: ScreenScene.nullable(),
  muted: z.boolean(),
  /** Whether it shows an incident that is not acknowledged. */
  alerting: z.boolean(),
  /** Frames in the last counted second; null while the page is hidden. */
  fps: z.number().min(0).max(1000).nullable(),
  visible: z.boolean(),
  /** How current its data is; null without data. */
  asOf: Instant.nullable(),
})
export type ScreenReport = z.infer<typeof ScreenReport>

/** The settings that a controller gives to a screen. They survive reloads. */
export const ScreenOrders = z.object({
  name: ScreenName,
  place: ScreenPlace,
  /** The scene that stays on; null while scenes rotate. */
  pinned: ScreenScene.nullable(),
  muted: z.boolean(),
  /** Grows with each change. A screen ignores orders of a lower revision than its own. */
  revision: z.number().int().min(0),
})
export type ScreenOrders = z.infer<typeof ScreenOrders>

/** A screen as its controllers see it. */
export const Screen = z.object({
  id: ScreenId,
  ...ScreenOrders.shape,
  /** When its pairing code was admitted; null for a screen without a code, or with the view token. */
  admittedAt: Instant.nullable(),
  /** Its last heartbeat; null before the first. */
  seenAt: Instant.nullable(),
  /** Whether a server holds its socket, according to that server. */
  connected: z.boolean(),
  report: ScreenReport.nullable(),
})
export type Screen = z.infer<typeof Screen>

export const REPORT_INTERVAL_MS = 5_000
/** A screen without a heartbeat for this long is offline, whatever the state of its socket. */
export const SILENT_AFTER_MS = 20_000

export const isOnline = ({ connected, seenAt }: Pick<Screen, 'connected' | 'seenAt'>, now: number): boolean =>
  connected && seenAt !== null && now - Date.parse(seenAt) < SILENT_AFTER_MS

/** A controller's command. Pinning and muting last; the others are done once. */
export const ScreenCommand = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['identify', 'reload', 'acknowledge', 'unpin', 'mute', 'unmute']) }),
  z.strictObject({ kind: z.enum(['scene', 'pin']), scene: ScreenScene }),
])
export type ScreenCommand = z.infer<typeof ScreenCommand>

/** What a command changes in the orders; null for a command that is done once. */
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

/** What a server sends to a screen: something to do once, or orders to follow. */
export const ScreenTask = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['identify', 'reload', 'acknowledge']) }),
  z.object({ kind: z.literal('scene'), scene: ScreenScene }),
  z.object({ kind: z.literal('orders'), orders: ScreenOrders }),
])
export type ScreenTask = z.infer<typeof ScreenTask>

/** The outcome of a command: the screen confirmed it, did not confirm it in time, or is offline. */
export const Outcome = z.enum(['shown', 'unanswered', 'not-connected'])
export type Outcome = z.infer<typeof Outcome>

export const ReportAnswer = z.object({
  orders: ScreenOrders,
  /** Whether a controller is watching, so that screenshots are wanted. */
  watched: z.boolean(),
})
export type ReportAnswer = z.infer<typeof ReportAnswer>

export const MAX_SCREENSHOT_BYTES = 20 * 1024
/** The least time between two screenshots of a screen. */
export const SCREENSHOT_INTERVAL_MS = 10_000

/** A small image as a data URL. Base64 takes four characters for three bytes. */
export const ScreenshotImage = z
  .string()
  .max(32 + Math.ceil(MAX_SCREENSHOT_BYTES / 3) * 4, `must be at most ${MAX_SCREENSHOT_BYTES} bytes`)
  .regex(/^data:image\/(?:webp|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/, 'must be a WebP or JPEG image as a data address')

/** On the wire it is called a picture. */
export const Screenshot = z.object({ id: ScreenId, at: Instant, image: ScreenshotImage })
export type Screenshot = z.infer<typeof Screenshot>

export const Screens = z.object({
  screens: z.array(Screen),
  pictures: z.array(Screenshot),
  /** How many screens wait for their admission; null if none need one. */
  waiting: z.number().int().nullable(),
})
export type Screens = z.infer<typeof Screens>

export const ScreensChange = z.object({ ...Screens.shape, removed: z.array(ScreenId) })
export type ScreensChange = z.infer<typeof ScreensChange>

/** Digits and capitals, without those that look alike (0 O, 1 I L, 2 Z, 5 S, 8 B, U V). */
export const codeAlphabet = '34679ACDEFGHJKMNPQRTWXY'
export const CODE_LENGTH = 6

export const CODE_LIFETIME_MS = 10 * 60_000

/** A code as people type it: case, spaces and hyphens do not matter. */
export const PairingCode = z
  .string()
  .max(24)
  .transform(typed => typed.toUpperCase().replace(/[\s-]/g, ''))
  .pipe(z.string().regex(new RegExp(`^[${codeAlphabet}]{${CODE_LENGTH}}$`), 'must be the six characters on the screen'))

/** 32 random bytes in base64url. */
export const PairingSecret = z.string().regex(/^[\w-]{43}$/)

/** The answer to a screen that asks for a code. It keeps the secret and never shows it. */
export const NewPairing = z.object({ code: z.string(), secret: PairingSecret, until: Instant })
export type NewPairing = z.infer<typeof NewPairing>

export const PairingState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('waiting') }),
  z.object({ state: z.literal('admitted'), screen: ScreenId }),
])
export type PairingState = z.infer<typeof PairingState>

export const Admission = z.strictObject({
  code: PairingCode,
  name: ScreenName.pipe(z.string().min(1, 'must not be empty')),
  place: ScreenPlace.default(''),
})

export const screenToken = (screen: ScreenId, secret: string): string => `${screen}.${secret}`

/** Token → its parts; null for any other token. */
export function parseScreenToken(token: string): { screen: ScreenId; secret: string } | null {
  const [, screen, secret] = /^([0-9a-f]{32})\.([\w-]{43})$/.exec(token) ?? []
  return screen === undefined || secret === undefined ? null : { screen, secret }
}
