import { z } from 'zod'
import { Channel } from './channels.ts'
import { type Event, EventId } from './events.ts'
import { Instant, type Result } from './primitives.ts'
import type { ReportAnswer, ScreenReport, Screens, ScreensChange, ScreenTask } from './screen.ts'
import { Snapshot } from './snapshot.ts'

/** The client starts again from this snapshot. `reason` says why its events no longer continue what it has. */
export const Reset = z.object({ reason: z.enum(['trimmed', 'lost', 'rebuilt']), snapshot: Snapshot })
export type Reset = z.infer<typeof Reset>

/** The server's heartbeat: without it a quiet connection looks like a dead one. */
export const Pulse = z.object({
  at: Instant,
  /** The server's newest event. A client that named no event has everything up to here, and goes on from here. */
  head: EventId,
  /** The last heartbeat of any worker; null before the first. */
  workersAt: Instant.nullable(),
  /** Over so many ms clients spread their reconnects, at random, when they lose the server. Grows with their number. */
  comeBackWithinMs: z.number().min(0),
})
export type Pulse = z.infer<typeof Pulse>

export interface ServerToClient {
  event(event: Event): void
  reset(reset: Reset): void
  /** Like `reset`, for pages: each fetches the compact snapshot at its own time; all at once would block the server. */
  renew(reason: Reset['reason']): void
  pulse(pulse: Pulse): void
  /** The server's build; a page of another build may reload itself. */
  version(build: string): void
  task(task: ScreenTask, ack: (done: boolean) => void): void
  /** This screen is no longer admitted and must show nothing. */
  withdrawn(): void
  /** For clients that watch the screens. */
  screens(change: ScreensChange): void
}

/** The channels of the socket after the call. */
export type Subscribed = { channels: Channel[] }

export interface ClientToServer {
  subscribe(channels: Channel[], ack: (result: Result<Subscribed>) => void): void
  unsubscribe(channels: Channel[], ack: (result: Result<Subscribed>) => void): void
  /** The heartbeat of a screen, with what it shows. */
  report(report: ScreenReport, ack: (result: Result<ReportAnswer>) => void): void
  picture(image: string, ack: (result: Result<true>) => void): void
  /** Subscribes to the screens, with the admin token: all of them now, then changes. */
  watchScreens(token: string, ack: (result: Result<Screens>) => void): void
  unwatchScreens(): void
}

/** Channels that one socket or stream may follow. */
export const MAX_CHANNELS = 200

/** Null counts as absent: programs keep what they do not have as null. */
const maybe = <S extends z.ZodType>(schema: S) => schema.nullish().transform(value => value ?? undefined)

export const Handshake = z.object({
  channels: z
    .array(Channel)
    .max(MAX_CHANNELS)
    .nullish()
    .transform(channels => channels ?? []),
  since: maybe(EventId),
  token: maybe(z.string().max(512)),
  /** The client fetches a compact snapshot on `renew` and is never sent a `reset`. */
  renews: maybe(z.boolean()),
})
export type Handshake = z.infer<typeof Handshake>
/** What a client gives as `auth`. */
export type Auth = z.input<typeof Handshake>
