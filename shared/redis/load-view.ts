import type { Redis } from 'ioredis'
import { z } from 'zod'
import { collectionNames, collections, mapCollections } from '../domain/collections.ts'
import { ORIGIN } from '../domain/events.ts'
import { defaultSettings, OfficeSettings } from '../domain/notice.ts'
import { RegionId } from '../domain/primitives.ts'
import { Source } from '../domain/source.ts'
import { stackOfRegions } from '../domain/stack.ts'
import type { View } from '../domain/view.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseHash, parseRecord } from './records.ts'
import { unfencedScript } from './script.ts'

/** Settings of before there were stacks name regions. Workers store them anew when they start. */
const OlderSettings = z.object({ mine: z.array(RegionId), stacks: z.undefined().optional() })
const StoredSettings = z.preprocess(stored => {
  const older = OlderSettings.safeParse(stored)
  return older.success && typeof stored === 'object' ? { ...stored, stacks: stackOfRegions(older.data.mine) } : stored
}, OfficeSettings)

const hashes = collectionNames.map(name => keys[name])

/** The whole store at one instant. `head` is the id of the last event that it contains. */
export async function loadView(redis: Redis, onInvalid: OnInvalid): Promise<View> {
  const [newest, settings, ...values] = await readAll(redis)
  return {
    head: headOf(newest),
    settings: parseRecord(StoredSettings, 'office', keys.office, asText(settings), onInvalid) ?? defaultSettings,
    ...mapCollections<'map'>(name => {
      const { record, label } = collections[name]
      return parseHash(record, label, asHash(values[collectionNames.indexOf(name)]), onInvalid)
    }),
  }
}

/** Reads the sources of a view anew: events carry health only now and then, and freshness needs the last good reading. */
export async function refreshSources(redis: Redis, view: Pick<View, 'sources'>, onInvalid: OnInvalid): Promise<void> {
  const ids = [...view.sources.keys()]
  if (ids.length === 0) return
  const texts = await redis.hmget(keys.sources, ...ids)
  for (const [index, id] of ids.entries()) {
    const source = parseRecord(Source, 'source', id, texts[index], onInvalid)
    if (source) view.sources.set(id, source)
  }
}

/** loadView. KEYS 1 events, 2 office, then n × hash. Returns the newest event, the settings, the hashes. */
const loadScript = unfencedScript(`
local found = { redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1), redis.call('GET', KEYS[2]) }
for hash = 3, #KEYS do found[hash] = redis.call('HGETALL', KEYS[hash]) end
return found
`)

/** A full Redis refuses to queue commands in a MULTI, even those that only read. */
const ABORTED = /^EXECABORT /

/** Reads in a transaction. A script works on a full Redis too, but blocks it for longer (24 MB: 275 ms, not 107 ms). */
async function readAll(redis: Redis): Promise<unknown[]> {
  const reading = redis.multi().call('XREVRANGE', keys.events, '+', '-', 'COUNT', 1)
  reading.call('GET', keys.office)
  for (const hash of hashes) reading.call('HGETALL', hash)
  try {
    const replies = await reading.exec()
    if (replies === null) throw new Error('Redis dropped the transaction that loads the view')
    return replies.map(([error, value]) => {
      if (error) throw error
      return value
    })
  } catch (error) {
    if (!(error instanceof Error && ABORTED.test(error.message))) throw error
    const found = await loadScript(redis, [keys.events, keys.office, ...hashes], [])
    return Array.isArray(found) ? found : []
  }
}

function headOf(entries: unknown): string {
  const first: unknown = Array.isArray(entries) ? entries[0] : undefined
  return Array.isArray(first) ? String(first[0]) : ORIGIN
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function asHash(flat: unknown): Record<string, string> {
  const texts = Array.isArray(flat) ? flat.map(String) : []
  return Object.fromEntries(texts.flatMap((field, n) => (n % 2 === 0 ? [[field, texts[n + 1] ?? '']] : [])))
}
