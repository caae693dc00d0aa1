import { describe, expect, test } from 'vitest'
import type { OwnedRecords } from '../../../shared/redis/poll-state.ts'
import { type DiffInput, diff } from '../../../workers/poll/diff.ts'
import { article, component, minutesAgo, NOON } from '../../support/builders.ts'

const owned = (more: Partial<OwnedRecords> = {}): OwnedRecords => ({
  incidents: new Map(),
  components: new Map(),
  articles: new Map(),
  ...more,
})
const byId = <T extends { id: string }>(...records: T[]) => new Map(records.map(record => [record.id, record]))
const input = (more: Partial<DiffInput> = {}): DiffInput => ({
  provider: 'azure',
  complete: true,
  reading: { incidents: [], components: [], articles: [] },
  owned: owned(),
  missing: {},
  countryOf: () => 'NL',
  keepEndedMs: 90 * 86_400_000,
  now: NOON,
  ...more,
})
const reading = (more: Partial<DiffInput['reading']>) => ({ incidents: [], components: [], articles: [], ...more })
const types = (result: ReturnType<typeof diff>) => result.events.map(event => event.type)

describe('components', () => {
  test('what changed and what is gone is told in one event', () => {
    const stays = component('s/stays')
    const changes = component('s/changes')
    const goes = component('s/goes')
    const result = diff(
      input({
        reading: reading({ components: [stays, { ...changes, status: 'major_outage' }] }),
        owned: owned({ components: byId(stays, changes, goes) }),
      }),
    )
    expect(result.events).toMatchObject([
      {
        type: 'components.updated',
        data: { upserted: [{ id: 's/changes', status: 'major_outage' }], removed: ['s/goes'] },
      },
    ])
    expect(result.removals.components).toEqual(['s/goes'])
    expect(result.components).toEqual(['s/stays', 's/changes'])
  })
})

describe('articles', () => {
  test('new ones are published oldest first, changed ones are updated', () => {
    const older = article('f/older', { publishedAt: minutesAgo(120) })
    const newer = article('f/newer')
    const result = diff(
      input({
        reading: reading({ articles: [newer, { ...older, title: 'Corrected' }] }),
        owned: owned({ articles: byId(older) }),
      }),
    )
    expect(
      result.events.map(event => [
        event.type,
        event.type.startsWith('article') && 'title' in event.data && event.data.title,
      ]),
    ).toEqual([
      ['article.updated', 'Corrected'],
      ['article.published', newer.title],
    ])
  })

  test('one that leaves the feed stays', () => {
    const known = article('f/known')
    expect(diff(input({ owned: owned({ articles: byId(known) }) }))).toMatchObject({ events: [], articles: [known.id] })
  })

  test('of more than 400 only the newest are kept, and older ones are not news when the feed lists them', () => {
    const many = Array.from({ length: 400 }, (_, i) => article(`f/${i}`, { publishedAt: minutesAgo(i) }))
    const ancient = article('f/ancient', { publishedAt: minutesAgo(9999) })
    const result = diff(
      input({
        reading: reading({ articles: [ancient, article('f/new', { publishedAt: minutesAgo(-1) })] }),
        owned: owned({ articles: byId(...many) }),
      }),
    )
    expect(types(result)).toEqual(['article.published'])
    expect(result.removals.articles).toEqual(['f/399'])
    expect(result.articles).toHaveLength(400)
  })
})
