import type { Redis } from 'ioredis'
import type { z } from 'zod'
import { Article } from '../domain/article.ts'
import { Incident } from '../domain/incident.ts'
import { announceReloadLua } from './event-stream.ts'
import { keys } from './keys.ts'
import { parseRecord } from './records.ts'
import { script } from './script.ts'

const BATCH_SIZE = 200

/** A record with the ids of the services that it names; the same one where they are no others. */
export type Naming = { incident(incident: Incident): Incident; article(article: Article): Article }

/**
 * Names the services of all stored incidents and articles by another catalogue: no source is asked again for what has
 * ended. Each record is written only if nobody has changed it meanwhile, so several workers may do it at once. Then all
 * readers of the stream load the store again. @returns how many records changed
 */
export async function renewServiceIds(redis: Redis, version: string, { incident, article }: Naming): Promise<number> {
  if ((await redis.get(keys.services)) === version) return 0
  const changed =
    (await renewHash(redis, keys.incidents, Incident, incident)) +
    (await renewHash(redis, keys.articles, Article, article)) +
    (await renewHash(redis, keys.articleArchive, Article, article))
  await markScript(redis, [keys.services, keys.events], [version, changed])
  return changed
}

async function renewHash<S extends z.ZodType>(
  redis: Redis,
  key: string,
  schema: S,
  name: (record: z.infer<S>) => z.infer<S>,
): Promise<number> {
  let changed = 0
  for await (const pairs of redis.hscanStream(key, { count: BATCH_SIZE })) {
    const args: string[] = []
    // A scan gives fields and values by turns.
    for (let at = 1; at < pairs.length; at += 2) {
      const record = parseRecord(schema, key, pairs[at - 1], pairs[at], () => undefined)
      if (record === undefined) continue
      const named = name(record)
      if (named !== record) args.push(pairs[at - 1], pairs[at], JSON.stringify(named))
    }
    if (args.length > 0) changed += Number(await replaceScript(redis, [key], args))
  }
  return changed
}

/** replaceRecords. KEYS 1 a collection. ARGV n × (id, the text as it was read, its new text). Returns how many. */
const replaceScript = script(`
local replaced = 0
for at = 1, #ARGV, 3 do
  if redis.call('HGET', KEYS[1], ARGV[at]) == ARGV[at + 1] then
    redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 2])
    replaced = replaced + 1
  end
end
return replaced
`)

/** markServices. KEYS 1 services, 2 events. ARGV 1 the catalogue's version, 2 how many records changed. */
const markScript = script(`${announceReloadLua}
redis.call('SET', KEYS[1], ARGV[1])
if tonumber(ARGV[2]) > 0 and redis.call('EXISTS', KEYS[2]) == 1 then announceReload(KEYS[2]) end
`)
