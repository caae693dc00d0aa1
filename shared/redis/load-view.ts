import type { Redis } from 'ioredis'
import { Article } from '../domain/article.ts'
import { Component } from '../domain/component.ts'
import { ORIGIN } from '../domain/events.ts'
import { Incident } from '../domain/incident.ts'
import { Notice, noOffice, Office } from '../domain/notice.ts'
import { Probe } from '../domain/probe.ts'
import { RegionStatus } from '../domain/region.ts'
import { Source } from '../domain/source.ts'
import type { View } from '../domain/view.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseHash, parseRecord } from './records.ts'
import { unfencedScript } from './script.ts'

const { events, statuses, incidents, components, articles, sources, notices, probes, office } = keys
const hashes = [statuses, incidents, components, articles, sources, notices, probes]

/** KEYS  events, n × hash, office */
const loadScript = unfencedScript(`
local found = { redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1) }
for hash = 2, #KEYS - 1 do found[hash] = redis.call('HGETALL', KEYS[hash]) end
found[#KEYS] = redis.call('GET', KEYS[#KEYS])
return found
`)

/** What a MULTI answers that was to queue commands while Redis is full, even such as only read. */
const ABORTED = /^EXECABORT /

/** A script passes where a transaction does not, but holds Redis up more than twice as long (24 MB: 275 ms, and 107 ms). */
async function readAll(redis: Redis): Promise<unknown[]> {
  const reading = redis.multi().call('XREVRANGE', events, '+', '-', 'COUNT', 1)
  for (const hash of hashes) reading.call('HGETALL', hash)
  reading.call('GET', office)
  try {
    const replies = await reading.exec()
    if (replies === null) throw new Error('Redis dropped the transaction that loads the view')
    return replies.map(([error, value]) => {
      if (error) throw error
      return value
    })
  } catch (error) {
    if (!(error instanceof Error && ABORTED.test(error.message))) throw error
    const found = await loadScript(redis, [events, ...hashes, office], [])
    return Array.isArray(found) ? found : []
  }
}

/** The whole store at one instant, and `head`, the id of the last event that it contains. */
export async function loadView(redis: Redis, onInvalid: OnInvalid): Promise<View> {
  const values = await readAll(redis)
  const hash = (index: number) => asHash(values[index])
  return {
    head: headOf(values[0]),
    office: parseRecord(Office, 'office', office, asText(values[8]), onInvalid) ?? noOffice,
    statuses: parseHash(RegionStatus, 'region status', hash(1), onInvalid),
    incidents: parseHash(Incident, 'incident', hash(2), onInvalid),
    components: parseHash(Component, 'component', hash(3), onInvalid),
    articles: parseHash(Article, 'article', hash(4), onInvalid),
    sources: parseHash(Source, 'source', hash(5), onInvalid),
    notices: parseHash(Notice, 'notice', hash(6), onInvalid),
    probes: parseHash(Probe, 'probe', hash(7), onInvalid),
  }
}

function headOf(entries: unknown): string {
  const first: unknown = Array.isArray(entries) ? entries[0] : undefined
  return Array.isArray(first) ? String(first[0]) : ORIGIN
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Fields and values in turn → a record. */
function asHash(flat: unknown): Record<string, string> {
  const texts = Array.isArray(flat) ? flat.map(String) : []
  return Object.fromEntries(texts.flatMap((field, n) => (n % 2 === 0 ? [[field, texts[n + 1] ?? '']] : [])))
}
