import type { Redis } from 'ioredis'
import { compareEventIds, type Event, type EventId } from '../../../shared/domain/events.ts'
import type { RecordId } from '../../../shared/domain/primitives.ts'
import type { View } from '../../../shared/domain/view.ts'
import { isInStream, readEvents } from '../../../shared/redis/event-stream.ts'
import type { OnInvalid } from '../../../shared/redis/records.ts'
import type { Missed } from './decider.ts'

/** The incidents whose events nobody has decided on. Where the stream no longer has them, by the time of the last one. */
export async function missedSince(cursor: EventId, view: View, redis: Redis, onInvalid: OnInvalid): Promise<Missed> {
  const opened = new Set<RecordId>()
  const changed = new Set<RecordId>()
  if (!(await isInStream(redis, cursor))) {
    const since = Number(cursor.split('-')[0])
    for (const { id, entries, startedAt, updatedAt } of view.incidents.values()) {
      const first = entries.find(({ n }) => n === 1)
      if (Date.parse(first?.seenAt ?? startedAt) > since) opened.add(id)
      if (Date.parse(entries[0]?.seenAt ?? updatedAt) > since) changed.add(id)
    }
    return { opened, changed }
  }
  for (let from = cursor; ; ) {
    const events = await readEvents(redis, from, 1_000, onInvalid)
    for (const event of events) {
      if (compareEventIds(event.id, view.head) > 0) return { opened, changed }
      if (event.type === 'incident.opened') opened.add(event.data.id)
      const id = incidentOf(event)
      if (id !== null) changed.add(id)
    }
    const last = events.at(-1)
    if (last === undefined) return { opened, changed }
    from = last.id
  }
}

/** The incident that an event is about; null where it is about something else. */
export function incidentOf(event: Event): RecordId | null {
  switch (event.type) {
    case 'incident.opened':
    case 'incident.updated':
    case 'incident.resolved':
    case 'handling.changed':
      return event.data.id
    default:
      return null
  }
}
