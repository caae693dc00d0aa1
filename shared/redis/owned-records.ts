import type { Redis } from 'ioredis'
import type { z } from 'zod'
import { Article } from '../domain/article.ts'
import { Component } from '../domain/component.ts'
import { Incident } from '../domain/incident.ts'
import type { RecordId } from '../domain/primitives.ts'
import { Probe } from '../domain/probe.ts'
import { keys } from './keys.ts'
import type { PollState } from './poll-state.ts'
import { type OnInvalid, parseRecord } from './records.ts'

/** The stored records of one source, by id. */
export type OwnedRecords = {
  incidents: Map<RecordId, Incident>
  components: Map<RecordId, Component>
  articles: Map<RecordId, Article>
}

/** Reads what the poll state says that the source owns; one round trip. */
export async function loadOwned(
  redis: Redis,
  state: Pick<PollState, 'incidents' | 'components' | 'articles'>,
  onInvalid: OnInvalid,
): Promise<OwnedRecords> {
  const read = async <S extends z.ZodType>(schema: S, what: string, key: string, ids: RecordId[]) => {
    const texts = ids.length === 0 ? [] : await redis.hmget(key, ...ids)
    const records = new Map<RecordId, z.infer<S>>()
    for (const [index, id] of ids.entries()) {
      const record = parseRecord(schema, what, id, texts[index], onInvalid)
      if (record !== undefined) records.set(id, record)
    }
    return records
  }
  const [incidents, components, articles] = await Promise.all([
    read(Incident, 'incident', keys.incidents, state.incidents),
    read(Component, 'component', keys.components, state.components),
    read(Article, 'article', keys.articles, state.articles),
  ])
  return { incidents, components, articles }
}

/** What a probe found last; null before it found anything. */
export async function loadProbe(redis: Redis, sourceId: string, onInvalid: OnInvalid): Promise<Probe | null> {
  return parseRecord(Probe, 'probe', sourceId, await redis.hget(keys.probes, sourceId), onInvalid) ?? null
}
