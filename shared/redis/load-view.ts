import type { Redis } from 'ioredis'
import { Article } from '../domain/article.ts'
import { Component } from '../domain/component.ts'
import { ORIGIN } from '../domain/events.ts'
import { Incident } from '../domain/incident.ts'
import { Notice } from '../domain/notice.ts'
import { noOffice, Office } from '../domain/office.ts'
import { Probe } from '../domain/probe.ts'
import { RegionStatus } from '../domain/region.ts'
import { Source } from '../domain/source.ts'
import type { View } from '../domain/view.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseHash, parseRecord } from './records.ts'
import { unfencedScript } from './script.ts'

/**
 * KEYS  events statuses incidents components articles sources notices probes office
 * Not a MULTI: a Redis that is full refuses to queue even what only reads, and is to be read all the same.
 */
const loadScript = unfencedScript(`
local found = { redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1) }
for hash = 2, 8 do found[hash] = redis.call('HGETALL', KEYS[hash]) end
found[9] = redis.call('GET', KEYS[9])
return found
`)

/** The whole store at one instant, and `head`, the id of the last event that it contains. */
export async function loadView(redis: Redis, onInvalid: OnInvalid): Promise<View> {
  const { events, statuses, incidents, components, articles, sources, notices, probes, office } = keys
  const hashes = [statuses, incidents, components, articles, sources, notices, probes]
  const reply = await loadScript(redis, [events, ...hashes, office], [])
  const values: unknown[] = Array.isArray(reply) ? reply : []
  const hash = (index: number) => asHash(values[index])
  return {
    head: headOf(values[0]),
    office: parseRecord(Office, 'office', keys.office, asText(values[8]), onInvalid) ?? noOffice,
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
