import type { Redis } from 'ioredis'
import { type CountryOf, channelsOfIncident } from '../domain/channels.ts'
import type { EventDraft } from '../domain/events.ts'
import { addStep, Handling, type Step } from '../domain/handling.ts'
import type { Incident } from '../domain/incident.ts'
import { type RecordId, toInstant } from '../domain/primitives.ts'
import { appendEventLua, STREAM_LENGTH } from './event-stream.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'
import { script } from './script.ts'

/** Handlings that are kept: those of incidents that are gone go first. */
const MAX_HANDLINGS = 1_000

/**
 * writeHandling. Returns 0, and writes nothing, if the handling is no longer what it was when it was read.
 * KEYS  1 handlings, 2 events, 3 incidents' times
 * ARGV  1 id, 2 before or '', 3 handling, 4 event, 5 stream length, 6 max handlings
 */
const writeScript = script(`${appendEventLua}
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[6]) then
  for _, id in ipairs(redis.call('HKEYS', KEYS[1])) do
    if not redis.call('ZSCORE', KEYS[3], id) then redis.call('HDEL', KEYS[1], id) end
  end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
appendEvent(KEYS[2], ARGV[5], ARGV[4])
return 1
`)

/** Attempts when several people handle one incident at the same instant. */
const MAX_ATTEMPTS = 5

/** Adds a step to the handling of an incident, with its event. @param now ms @returns the handling after it */
export async function handleIncident(
  redis: Redis,
  incident: Incident,
  step: Step,
  { countryOf, now, onInvalid }: { countryOf: CountryOf; now: number; onInvalid: OnInvalid },
): Promise<Handling> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const stored = await redis.hget(keys.handlings, incident.id)
    const before = parseRecord(Handling, 'handling', incident.id, stored, onInvalid)
    const after: Handling = {
      ...addStep(before, incident, step, now),
      channels: channelsOfIncident(incident, countryOf),
    }
    const event: EventDraft = { type: 'handling.changed', at: toInstant(now), channels: after.channels, data: after }
    const args = [incident.id, stored ?? '', JSON.stringify(after), JSON.stringify(event), STREAM_LENGTH, MAX_HANDLINGS]
    if ((await writeScript(redis, [keys.handlings, keys.events, keys.incidentTimes], args)) === 1) return after
  }
  throw new Error(`the handling of ${incident.id} changes too fast`)
}

export async function readHandling(redis: Redis, id: RecordId, onInvalid: OnInvalid): Promise<Handling | undefined> {
  return parseRecord(Handling, 'handling', id, await redis.hget(keys.handlings, id), onInvalid)
}
