import { hash } from 'node:crypto'
import type { z } from 'zod'
import { Article } from '../../shared/domain/article.ts'
import { descending } from '../../shared/domain/order.ts'
import { partName } from '../../shared/domain/part-names.ts'
import { ok, type RecordId, type Result } from '../../shared/domain/primitives.ts'
import { Component } from '../../shared/domain/status.ts'
import { clip, oneLine } from '../text/plain-text.ts'
import { fragmentsOf } from './fragments.ts'
import { type IncidentUpdate, type ReadContext, ReadIncident, type Reading, ServiceKey } from './reader.ts'

/**
 * Makes a reading. Drops records that violate their schema, keeps the first of several with one id, and bounds every
 * list beyond the size of any honest source.
 */
export function readingOf(records: Partial<Reading>): Reading {
  const incidents = valid(ReadIncident, records.incidents ?? [], 1000)
  const fragments = fragmentsOf(incidents)
  return {
    incidents,
    components: valid(Component, records.components ?? [], 3000),
    articles: valid(Article, records.articles ?? [], 200),
    ...(fragments.size > 0 && { fragments }),
  }
}

/** The same for lists that may have failed: one unreadable list fails the whole reading. */
export function readingOfLists(lists: {
  incidents?: Result<ReadIncident[]>[]
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

/** A record's id from the source's own one, which is hashed where it does not fit the grammar of ids. */
export function recordId(source: string, native: string): RecordId {
  const lower = native.toLowerCase()
  return `${source}/${/^[a-z0-9][a-z0-9._-]{0,119}$/.test(lower) ? lower : digest(native)}`
}

export const hashedId = (source: string, ...words: string[]): RecordId => `${source}/${digest(JSON.stringify(words))}`

/** 80 bits of SHA-256 in hex: enough for the records of one source. */
export const digest = (text: string): string => hash('sha256', text, 'hex').slice(0, 20)

/** Updates as a record holds them: newest first, unique ids, bounded texts, at most 100. */
export function orderUpdates(updates: IncidentUpdate[]): IncidentUpdate[] {
  const newestFirst = updates.toSorted(descending('at'))
  const uses = new Map<string, number>()
  return newestFirst.slice(0, 100).map(update => {
    const use = (uses.get(update.id) ?? 0) + 1
    uses.set(update.id, use)
    const id = use === 1 ? update.id : `${update.id.slice(0, 100)}-${use}`
    return { ...update, id, text: clip(update.text, 4000) }
  })
}

/** An open incident of a history that nobody has touched for this long, in ms, no longer colours a region. */
export const FADES_AFTER_MS = 3 * 86_400_000

/** AWS has nearly 300 services, and a region may lose them all. */
export const MAX_SERVICES = 400

/**
 * What a part is called and where it is. A part called 'API' in a group called 'Frankfurt' is in Frankfurt.
 * @param native its id at the source @param name in one line @param group the heading above it; '' without one
 */
export function groupedPart(
  native: string,
  name: string,
  group: string,
  { source, places }: Pick<ReadContext, 'source' | 'places'>,
): Omit<Component, 'status' | 'rawStatus'> {
  const own = places(source.provider, name).regions
  return {
    id: recordId(source.id, native),
    provider: source.provider,
    name: clip(name, 200),
    ...groupField(group),
    regions: own.length > 0 ? own : places(source.provider, group).regions,
  }
}

/** The field of a component for the heading that it stands under; none for a heading without words. */
export function groupField(heading: string): Pick<Component, 'group'> {
  const group = clip(oneLine(heading), 200)
  return group === '' ? {} : { group }
}

/** A part as an incident names it: with its group where the page has several of its name. */
export const partNameAmong = (part: Component, all: readonly Component[]): string =>
  all.some(({ id, name }) => name === part.name && id !== part.id) ? partName(part) : part.name

/** Names as an incident lists its services: unique, in alphabetical order, bounded. */
export const serviceNames = (names: readonly string[]): string[] =>
  [...new Set(names.map(name => clip(oneLine(name), 120)))]
    .filter(name => name !== '')
    .sort()
    .slice(0, MAX_SERVICES)

/** Keys by which a feed names services: unique, plain, bounded. */
export const serviceKeys = (keys: readonly string[]): string[] =>
  [...new Set(keys)].filter(key => ServiceKey.safeParse(key).success).slice(0, MAX_SERVICES)
