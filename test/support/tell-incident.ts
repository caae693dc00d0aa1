import type { Redis } from 'ioredis'
import { channelsOfIncident } from '../../shared/domain/channels.ts'
import type { EventDraft, EventId } from '../../shared/domain/events.ts'
import { type Incident, isEnded } from '../../shared/domain/incident.ts'
import { keys } from '../../shared/redis/keys.ts'

/** Stores an incident and appends its event, as a commit of a poll does. Returns the event's id. */
export async function tellIncident(redis: Redis, incident: Incident, isNew: boolean): Promise<EventId> {
  const type = isEnded(incident) ? 'incident.resolved' : isNew ? 'incident.opened' : 'incident.updated'
  const channels = channelsOfIncident(incident, () => undefined)
  const event: EventDraft = { type, at: new Date().toISOString(), channels, data: incident }
  const replies = await redis
    .multi()
    .hset(keys.incidents, incident.id, JSON.stringify(incident))
    .zadd(keys.incidentTimes, Date.parse(incident.updatedAt), incident.id)
    .xadd(keys.events, '*', 'event', JSON.stringify(event))
    .exec()
  return String(replies?.[2]?.[1])
}
