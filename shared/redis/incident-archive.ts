import type { Redis } from 'ioredis'
import { Incident } from '../domain/incident.ts'
import type { Instant, RecordId } from '../domain/primitives.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'
import { script } from './script.ts'

const BATCH_SIZE = 200
/** Incidents that one request scans. A rare match is found over several pages. */
const MAX_SCANNED = 5_000

export type IncidentPosition = { at: Instant; id: RecordId }

export type ArchiveQuery = {
  matches(incident: Incident): boolean
  /** Updated at or after `from` and before `until`; null is no bound. */
  from: Instant | null
  until: Instant | null
  /** The page begins behind this position; null begins at the newest. */
  before: IncidentPosition | null
  limit: number
}

/** Reads one page of the matching incidents, the latest updated first, and the position of the next page. */
export async function readIncidents(
  redis: Redis,
  query: ArchiveQuery,
  onInvalid: OnInvalid,
): Promise<{ incidents: Incident[]; next: IncidentPosition | null }> {
  const { matches, from, until, before, limit } = query
  const newest = Math.min(
    until === null ? Number.POSITIVE_INFINITY : Date.parse(until) - 1,
    before === null ? Number.POSITIVE_INFINITY : Date.parse(before.at),
  )
  const oldest = from === null ? '-inf' : Date.parse(from)
  const incidents: Incident[] = []
  let last: IncidentPosition | null = null
  for (let seen = 0; seen < MAX_SCANNED; seen += BATCH_SIZE) {
    const ids = await redis.zrevrangebyscore(
      keys.incidentTimes,
      newest === Number.POSITIVE_INFINITY ? '+inf' : newest,
      oldest,
      'LIMIT',
      seen,
      BATCH_SIZE,
    )
    for (const incident of await readById(redis, ids, onInvalid)) {
      if (before !== null && !isBehind(incident, before)) continue
      if (incidents.length === limit) return { incidents, next: last }
      if (matches(incident)) incidents.push(incident)
      last = { at: incident.updatedAt, id: incident.id }
    }
    if (ids.length < BATCH_SIZE) return { incidents, next: null }
  }
  return { incidents, next: last }
}

export async function readIncident(redis: Redis, id: RecordId, onInvalid: OnInvalid): Promise<Incident | undefined> {
  return (await readById(redis, [id], onInvalid))[0]
}

/** Adds incidents that an earlier release stored to the chronological order. Returns how many. */
export async function indexIncidents(redis: Redis): Promise<number> {
  const [stored, ordered] = await Promise.all([redis.hlen(keys.incidents), redis.zcard(keys.incidentTimes)])
  if (stored === ordered) return 0
  const incidents = await readById(redis, await redis.hkeys(keys.incidents), () => undefined)
  const scores = incidents.flatMap(({ id, updatedAt }) => [Date.parse(updatedAt), id])
  return Number(await indexScript(redis, [keys.incidentTimes], scores))
}

/**
 * indexIncidents: with NX, as an entry that a worker committed in the meantime is newer.
 * KEYS  1 incidentTimes
 * ARGV  n × (ms, id)
 * Returns how many were new.
 */
const indexScript = script(`
local added = 0
for at = 1, #ARGV, 2 do added = added + redis.call('ZADD', KEYS[1], 'NX', ARGV[at], ARGV[at + 1]) end
return added
`)

async function readById(redis: Redis, ids: readonly RecordId[], onInvalid: OnInvalid): Promise<Incident[]> {
  const texts = ids.length === 0 ? [] : await redis.hmget(keys.incidents, ...ids)
  return ids.flatMap((id, index) => parseRecord(Incident, 'incident', id, texts[index], onInvalid) ?? [])
}

const isBehind = (incident: Incident, position: IncidentPosition): boolean =>
  incident.updatedAt < position.at || (incident.updatedAt === position.at && incident.id < position.id)
