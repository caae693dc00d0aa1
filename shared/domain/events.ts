import { z } from 'zod'
import { Article } from './article.ts'
import { Channel } from './channels.ts'
import { Component } from './component.ts'
import { Incident } from './incident.ts'
import { Notice, Office } from './notice.ts'
import { Instant, RecordId, type Result, Slug } from './primitives.ts'
import { Probe } from './probe.ts'
import { RegionStatus } from './region.ts'
import type { Reported, ScreenReport, Screens, ScreensChange, ScreenTask } from './screen.ts'
import type { Snapshot } from './snapshot.ts'
import { Source } from './source.ts'

/** A Redis Stream id, `<ms>-<n>`. @see https://redis.io/docs/latest/develop/data-types/streams/#entry-ids */
export const EventId = z.string().regex(/^\d{1,15}-\d{1,19}$/)
export type EventId = z.infer<typeof EventId>

/** Before the first event of a stream. */
export const ORIGIN: EventId = '0-0'

/** Order of two stream ids: negative when `a` is the earlier. */
export function compareEventIds(a: EventId, b: EventId): number {
  const [aMs = '0', aSeq = '0'] = a.split('-')
  const [bMs = '0', bSeq = '0'] = b.split('-')
  return Number(aMs) - Number(bMs) || Number(aSeq) - Number(bSeq)
}

const envelope = { at: Instant, channels: z.array(Channel) }
const draft = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.object({ ...envelope, type: z.literal(type), data })

/**
 * An event before the stream gave it an id. It carries whole records, so that applying it twice changes nothing.
 * `source.removed` is the one deletion: everything that the source owned goes with it.
 */
export const EventDraft = z.discriminatedUnion('type', [
  draft('incident.opened', Incident),
  draft('incident.updated', Incident),
  draft('incident.resolved', Incident),
  draft('components.updated', z.object({ upserted: z.array(Component), removed: z.array(RecordId) })),
  draft('region.status', RegionStatus),
  draft('article.published', Article),
  draft('article.updated', Article),
  draft('source.health', Source),
  draft('probe.changed', Probe),
  draft('source.removed', z.object({ id: Slug })),
  draft('office.changed', Office),
  draft('notice.posted', Notice),
  draft('notice.withdrawn', Notice),
])
export type EventDraft = z.infer<typeof EventDraft>

/** An event as it is sent: the draft and its place in the stream. */
export type Event = EventDraft & { id: EventId }

/** Everything starts anew from this snapshot; `reason` says why what came before no longer stands. */
export type Reset = { reason: 'trimmed' | 'lost' | 'rebuilt'; snapshot: Snapshot }

/** A sign of life, so that a screen can tell quiet from dead. */
export type Pulse = {
  /** The server's clock. */
  at: Instant
  head: EventId
  /** When a worker last proved to be alive; null when none ever did. */
  workersAt: Instant | null
  /**
   * For whom the line is lost: come again after a random part of so many ms, so that all who come with you are served evenly.
   * It grows with the clients of the server.
   */
  comeBackWithinMs: number
}

/** The socket, from the server. */
export interface ServerToClient {
  event(event: Event): void
  reset(reset: Reset): void
  /** The same for pages, which take a picture over HTTP, each at another time: thousands of whole snapshots at once would hold up all. */
  renew(reason: Reset['reason']): void
  pulse(pulse: Pulse): void
  /** The build that serves now; a page of another build may reload itself. */
  version(build: string): void
  /** For a screen on a wall: it answers when it has done it. */
  task(task: ScreenTask, ack: (done: boolean) => void): void
  /** The admission of this screen was withdrawn: it shows nothing more. */
  withdrawn(): void
  /** For those who control the screens. */
  screens(change: ScreensChange): void
}

/** Channels that the socket is in after the call. */
export type Subscribed = { channels: Channel[] }

/** The socket, from the client. */
export interface ClientToServer {
  subscribe(channels: Channel[], ack: (result: Result<Subscribed>) => void): void
  unsubscribe(channels: Channel[], ack: (result: Result<Subscribed>) => void): void
  /** A screen on a wall is there, and what it shows. */
  report(report: ScreenReport, ack: (result: Result<Reported>) => void): void
  /** A small picture of what it shows, as a data address. */
  picture(image: string, ack: (result: Result<true>) => void): void
  /** Controls the screens, with the admin token: all of them now, then what changes. */
  watchScreens(token: string, ack: (result: Result<Screens>) => void): void
  unwatchScreens(): void
}

/** Channels that one socket or stream may follow. */
export const MAX_CHANNELS = 200

/** What a client says when it connects. */
export const Handshake = z.object({
  channels: z.array(Channel).max(MAX_CHANNELS).default([]),
  /** The last event id that it saw: it gets what it missed, then live events. */
  since: EventId.optional(),
  token: z.string().max(512).optional(),
  /** It takes a picture over HTTP when it is told to `renew`, and is sent no snapshot. */
  renews: z.boolean().optional(),
})
export type Handshake = z.infer<typeof Handshake>
