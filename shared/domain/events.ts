import { z } from 'zod'
import { Article } from './article.ts'
import { AuditEntry } from './audit.ts'
import { Channel } from './channels.ts'
import { Handling } from './handling.ts'
import { Incident } from './incident.ts'
import { Notice, OfficeSettings } from './notice.ts'
import { Instant, RecordId, Slug } from './primitives.ts'
import { Probe } from './probe.ts'
import { RegionStatus } from './region.ts'
import { Source } from './source.ts'
import { Component } from './status.ts'

/** A Redis Stream id, `<ms>-<n>`. @see https://redis.io/docs/latest/develop/data-types/streams/#entry-ids */
export const EventId = z.string().regex(/^\d{1,15}-\d{1,19}$/, 'must be the id of an event, such as 1795500000000-0')
export type EventId = z.infer<typeof EventId>

/** The position before the first event of a stream. */
export const ORIGIN: EventId = '0-0'

/** Orders two stream ids: negative when `a` is the earlier. */
export function compareEventIds(a: EventId, b: EventId): number {
  const [aMs = '0', aSeq = '0'] = a.split('-')
  const [bMs = '0', bSeq = '0'] = b.split('-')
  return Number(aMs) - Number(bMs) || Number(aSeq) - Number(bSeq)
}

const envelope = { at: Instant, channels: z.array(Channel) }
const draft = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.object({ ...envelope, type: z.literal(type), data })

/**
 * An event that has no id yet. It carries whole records, so applying it twice changes nothing. `source.removed` also
 * deletes every record that the source owned. `collections.ts` states what an event changes.
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
  draft('office.changed', OfficeSettings),
  draft('notice.posted', Notice),
  draft('notice.withdrawn', Notice),
  draft('handling.changed', Handling),
  draft('audit.noted', AuditEntry),
])
export type EventDraft = z.infer<typeof EventDraft>

export type EventType = EventDraft['type']
export type EventData = { [Draft in EventDraft as Draft['type']]: Draft['data'] }

/** An event with its position in the stream, as it is sent. */
export type Event = EventDraft & { id: EventId }
