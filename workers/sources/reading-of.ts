import type { z } from 'zod'
import { Article } from '../../shared/domain/article.ts'
import { Component } from '../../shared/domain/component.ts'
import { Incident } from '../../shared/domain/incident.ts'
import { ok, type Result } from '../../shared/domain/result.ts'
import type { Reading } from './reader.ts'

/**
 * The one gate through which records leave a reader: what does not satisfy its schema stays behind, of several records
 * with one id the first is kept, and no list is longer than any honest source's.
 */
export const readingOf = (records: Partial<Reading>): Reading => ({
  incidents: valid(Incident, records.incidents ?? [], 1000),
  components: valid(Component, records.components ?? [], 3000),
  articles: valid(Article, records.articles ?? [], 200),
})

/** The same of the lists of an answer: one that cannot be read is what is wrong with all of it. */
export function readingOfLists(lists: {
  incidents?: Result<Incident[]>[]
  components?: Result<Component[]>[]
}): Result<Reading> {
  const { incidents = [], components = [] } = lists
  for (const list of [...incidents, ...components]) if (!list.ok) return list
  return ok(readingOf({ incidents: incidents.flatMap(valuesIn), components: components.flatMap(valuesIn) }))
}

const valuesIn = <T>(list: Result<T[]>): T[] => (list.ok ? list.value : [])

function valid<T extends { id: string }>(schema: z.ZodType<T>, records: T[], max: number): T[] {
  const kept = new Map<string, T>()
  for (const record of records) {
    if (kept.size === max) break
    if (!kept.has(record.id) && schema.safeParse(record).success) kept.set(record.id, record)
  }
  return [...kept.values()]
}
