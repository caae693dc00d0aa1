import type { Redis } from 'ioredis'
import { expect } from 'vitest'
import { Article } from '../../../shared/domain/article.ts'
import { EventDraft } from '../../../shared/domain/events.ts'
import { Incident } from '../../../shared/domain/incident.ts'
import { RegionStatus } from '../../../shared/domain/region.ts'
import { Source } from '../../../shared/domain/source.ts'
import { Component } from '../../../shared/domain/status.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { PollState } from '../../../shared/redis/poll-state.ts'

const hashes = {
  [keys.statuses]: RegionStatus,
  [keys.incidents]: Incident,
  [keys.components]: Component,
  [keys.articles]: Article,
  [keys.sources]: Source,
  [keys.polls]: PollState,
}

/** All that stands in the store passes its schema, holds no markup or control character, and links to the web alone. */
export async function expectSoundStore(redis: Redis): Promise<void> {
  for (const [key, schema] of Object.entries(hashes))
    for (const [id, text] of Object.entries(await redis.hgetall(key))) {
      expect(schema.safeParse(JSON.parse(text)).error, `${key} ${id}`).toBeUndefined()
      expectHarmless(text)
    }
  for (const [id, [, text = '']] of await redis.xrange(keys.events, '-', '+')) {
    expect(EventDraft.safeParse(JSON.parse(text)).error, `event ${id}`).toBeUndefined()
    expectHarmless(text)
  }
}

function expectHarmless(text: string): void {
  expect(text).not.toMatch(/<script|<img|\\u00[01]|\\ud[89a-f]|[\u202a-\u202e\u2066-\u2069]/i)
  expect(text).not.toMatch(/"(?:url|image)":"(?!https?:)/)
}

/** How a source does, and how many records it owns. */
export type End = { error: string | null; records: number }

/** The ends of all sources that were polled, by id. */
export async function endsIn(redis: Redis): Promise<Map<string, End>> {
  const [sources, polls] = await Promise.all([redis.hgetall(keys.sources), redis.hgetall(keys.polls)])
  const ends = new Map<string, End>()
  for (const [id, text] of Object.entries(polls)) {
    const { incidents, components, articles } = PollState.parse(JSON.parse(text))
    const { error } = Source.parse(JSON.parse(sources[id] ?? 'null'))
    ends.set(id, { error, records: incidents.length + components.length + articles.length })
  }
  return ends
}
