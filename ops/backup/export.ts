import type { ChainableCommander, Redis } from 'ioredis'
import { z } from 'zod'
import { EventId } from '../../shared/domain/events.ts'
import { historyKey, isConnectionField, type KeptType, keptTypeOf, keys, screenKey } from '../../shared/redis/keys.ts'
import { scanKeys } from '../store.ts'
import { FORMAT_VERSION, type Header, type Line, type Part } from './file.ts'

/** A line ends after about this many characters, which bounds the memory of writer and reader. */
const LINE_CHARACTERS = 200_000
const PAGE_SIZE = 500

export type Export = {
  header: Header
  /** All kept keys in the order of their names. The stream is read page by page on demand. */
  lines: AsyncIterable<Line>
  /** Keys that this build does not know; they are left out. */
  unknown: string[]
}

/**
 * Exports the store at one instant, while others write. One MULTI reads all keys but the stream, and the stream's last
 * id. The stream's entries up to that id never change and are read afterwards.
 * @throws if the store has no schema version, a migration is running, or the stream was emptied in between
 */
export async function exportStore(redis: Redis, takenAt: string): Promise<Export> {
  const found = await scanKeys(redis)
  const names = new Set([...found].filter(isKept))
  let values = await readAtOnce(redis, names)
  for (let missed = missing(values); missed.length > 0; missed = missing(values)) {
    for (const key of missed) names.add(key)
    values = await readAtOnce(redis, names)
  }
  const schema = Number(values.get(keys.schema))
  if (!(schema > 0)) throw new Error('the store bears no schema version: there is nothing of Nephoscope to back up')
  if (found.has(keys.migrated)) throw new Error('a migration is not finished: start the build that began it')
  return {
    header: { format: 'nephoscope-backup', version: FORMAT_VERSION, schema, takenAt },
    lines: linesOf(redis, values),
    unknown: [...found].filter(key => keptTypeOf(key) === undefined).sort(),
  }
}

const keptType = (key: string): KeptType | undefined => {
  const type = keptTypeOf(key)
  return type === 'transient' ? undefined : type
}

export const isKept = (key: string): boolean => keptType(key) !== undefined

/** Keys that appeared after the scan: the values name them. */
function missing(values: ReadonlyMap<string, unknown>): string[] {
  const regions = z.record(z.string(), z.string()).parse(values.get(keys.statuses) ?? {})
  const screens = z.array(z.string()).parse(values.get(keys.screens) ?? [])
  return [
    ...Object.keys(regions).map(historyKey),
    ...screens.filter((_, index) => index % 2 === 0).map(screenKey),
  ].filter(key => !values.has(key))
}

const readers: Record<KeptType, (transaction: ChainableCommander, key: string) => ChainableCommander> = {
  string: (transaction, key) => transaction.get(key),
  hash: (transaction, key) => transaction.hgetall(key),
  zset: (transaction, key) => transaction.zrange(key, '0', '-1', 'WITHSCORES'),
  list: (transaction, key) => transaction.lrange(key, '0', '-1'),
  stream: (transaction, key) => transaction.xinfo('STREAM', key),
}

async function readAtOnce(redis: Redis, names: ReadonlySet<string>): Promise<Map<string, unknown>> {
  const transaction = redis.multi()
  const order: string[] = []
  for (const key of [...names].sort()) {
    const type = keptType(key)
    if (type === undefined) continue
    readers[type](transaction, key)
    order.push(key)
  }
  const replies = (await transaction.exec()) ?? []
  return new Map(
    order.flatMap((key, index) => {
      const [error, value] = replies[index] ?? []
      if (error) throw new Error(`${key} cannot be read: ${error.message}`)
      return [[key, value] as const]
    }),
  )
}

async function* linesOf(redis: Redis, values: ReadonlyMap<string, unknown>): AsyncGenerator<Line> {
  for (const [key, value] of values) {
    const type = keptType(key)
    if (type === 'stream') yield* streamLines(redis, key, value)
    else if (type !== undefined) yield* partsOf(type, key, value)
  }
}

function* partsOf(kind: Exclude<KeptType, 'stream'>, key: string, value: unknown): Generator<Part> {
  switch (kind) {
    case 'string':
      if (value !== null) yield { kind, key, value: String(value) }
      return
    case 'hash': {
      const fields = Object.entries(z.record(z.string(), z.string()).parse(value))
      for (const items of inLines(fields.filter(([field]) => !isConnectionField(key, field))))
        yield { kind, key, items }
      return
    }
    case 'zset': {
      const flat = z.array(z.string()).parse(value)
      const pairs = flat.flatMap((member, at): [string, string][] =>
        at % 2 === 0 ? [[member, flat[at + 1] ?? '']] : [],
      )
      for (const items of inLines(pairs)) yield { kind, key, items }
      return
    }
    case 'list':
      for (const items of inLines(z.array(z.string()).parse(value))) yield { kind, key, items }
  }
}

function* inLines<T extends string | readonly unknown[]>(items: readonly T[]): Generator<T[]> {
  let line: T[] = []
  let length = 0
  for (const item of items) {
    line.push(item)
    length += typeof item === 'string' ? item.length : item.flat().join('').length
    if (length < LINE_CHARACTERS) continue
    yield line
    line = []
    length = 0
  }
  if (line.length > 0) yield line
}

async function* streamLines(redis: Redis, key: string, info: unknown): AsyncGenerator<Line> {
  const flat = z.array(z.unknown()).parse(info)
  const field = (name: string) => flat[flat.indexOf(name) + 1]
  const lastId = EventId.parse(field('last-generated-id'))
  let from = '-'
  let last = ''
  for (;;) {
    const items = await redis.xrange(key, from, lastId, 'COUNT', PAGE_SIZE)
    for (const part of inLines(items)) yield { kind: 'stream', key, items: part }
    last = items.at(-1)?.[0] ?? last
    from = `(${last}`
    if (items.length < PAGE_SIZE) break
  }
  const newest = z.tuple([EventId]).rest(z.unknown()).nullable().parse(field('last-entry'))
  if (newest !== null && newest[0] !== last) throw new Error('the stream was emptied meanwhile: begin again')
  yield {
    kind: 'stream-end',
    key,
    lastId,
    entriesAdded: Number(field('entries-added')),
    maxDeletedId: EventId.parse(field('max-deleted-entry-id')),
  }
}
