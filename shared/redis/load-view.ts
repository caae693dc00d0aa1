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

/** The whole store at one instant, and `head`, the id of the last event that it contains: one MULTI. */
export async function loadView(redis: Redis, onInvalid: OnInvalid): Promise<View> {
  const replies = await redis
    .multi()
    .xrevrange(keys.events, '+', '-', 'COUNT', 1)
    .hgetall(keys.statuses)
    .hgetall(keys.incidents)
    .hgetall(keys.components)
    .hgetall(keys.articles)
    .hgetall(keys.sources)
    .hgetall(keys.notices)
    .get(keys.office)
    .hgetall(keys.probes)
    .exec()
  if (replies === null) throw new Error('Redis dropped the transaction that loads the view')
  const values = replies.map(([error, value]) => {
    if (error) throw error
    return value
  })
  const hash = (index: number) => asHash(values[index])
  return {
    head: headOf(values[0]),
    office: parseRecord(Office, 'office', keys.office, asText(values[7]), onInvalid) ?? noOffice,
    statuses: parseHash(RegionStatus, 'region status', hash(1), onInvalid),
    incidents: parseHash(Incident, 'incident', hash(2), onInvalid),
    components: parseHash(Component, 'component', hash(3), onInvalid),
    articles: parseHash(Article, 'article', hash(4), onInvalid),
    sources: parseHash(Source, 'source', hash(5), onInvalid),
    notices: parseHash(Notice, 'notice', hash(6), onInvalid),
    probes: parseHash(Probe, 'probe', hash(8), onInvalid),
  }
}

function headOf(entries: unknown): string {
  const first: unknown = Array.isArray(entries) ? entries[0] : undefined
  return Array.isArray(first) ? String(first[0]) : ORIGIN
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function asHash(value: unknown): Record<string, string> {
  return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value)) : {}
}
