import type { Redis } from 'ioredis'
import { ARTICLE_SHARE, Article } from '../domain/article.ts'
import type { Instant, RecordId } from '../domain/primitives.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'
import { script, unfencedScript } from './script.ts'

/**
 * Articles kept after their feeds dropped them: at 1.5 KB each about 30 MB of Redis' memory. Beyond them the oldest go,
 * of sources with more than `ARTICLE_SHARE` first.
 */
export const MAX_ARCHIVED = 20_000

const BATCH_SIZE = 200
/** Articles that one request scans. A rare match is found over several pages. */
const MAX_SCANNED = 2_000

export type ArticlePosition = { at: Instant; id: RecordId }

export type ArticleQuery = {
  matches(article: Article): boolean
  /** The page begins behind this position; null begins at the newest. */
  before: ArticlePosition | null
  limit: number
}

/**
 * Reads one page of the matching articles, owned and archived, newest first, and the position of the next page.
 * Positions are stable: an article published in between neither repeats nor hides another.
 */
export async function readArticles(
  redis: Redis,
  { matches, before, limit }: ArticleQuery,
  onInvalid: OnInvalid,
): Promise<{ articles: Article[]; next: ArticlePosition | null }> {
  const articles: Article[] = []
  let last = before
  for (let seen = 0; seen < MAX_SCANNED; seen += BATCH_SIZE) {
    const from = last === null ? '+' : `(${memberOf(last)}`
    const members = await redis.zrevrangebylex(keys.articleOrder, from, '-', 'LIMIT', 0, BATCH_SIZE)
    const found = await readById(redis, members.map(idIn), onInvalid)
    for (const member of members) {
      if (articles.length === limit) return { articles, next: last }
      const article = found.get(idIn(member))
      // An index written while a worker moved the article can list it twice.
      if (article?.publishedAt === positionOf(member).at && matches(article)) articles.push(article)
      last = positionOf(member)
    }
    if (members.length < BATCH_SIZE) return { articles, next: null }
  }
  return { articles, next: last }
}

/** Adds articles that an earlier release stored to the chronological order. Returns how many. */
export async function indexArticles(redis: Redis): Promise<number> {
  const [owned, archived, ordered] = await Promise.all([
    redis.hlen(keys.articles),
    redis.hlen(keys.articleArchive),
    redis.zcard(keys.articleOrder),
  ])
  if (owned + archived === ordered) return 0
  const articles = await readById(redis, await redis.hkeys(keys.articles), () => undefined)
  const members = [...articles.values()].map(({ id, publishedAt }) => memberOf({ at: publishedAt, id }))
  return Number(await indexScript(redis, [keys.articleOrder], members))
}

/** indexArticles. KEYS 1 articleOrder. ARGV n × position. Returns how many were new. */
const indexScript = script(`
local added = 0
for _, place in ipairs(ARGV) do added = added + redis.call('ZADD', KEYS[1], 0, place) end
return added
`)

/** Keeps order and archive consistent; every script that writes articles begins with it. `articles`: `articleKeys`. */
export const articleLua = `
local function placeIn(hash, id)
  local json = redis.call('HGET', hash, id)
  if json then return cjson.decode(json).publishedAt .. '_' .. id, json end
end
local function unarchive(articles, id, place)
  redis.call('HDEL', articles[3], id)
  redis.call('ZREM', articles[4], place)
  redis.call('ZREM', articles[2], place)
end
local function writeArticle(articles, id, json)
  local owned, archived = placeIn(articles[1], id), placeIn(articles[3], id)
  if owned then redis.call('ZREM', articles[2], owned) end
  if archived then unarchive(articles, id, archived) end
  redis.call('HSET', articles[1], id, json)
  redis.call('ZADD', articles[2], 0, (placeIn(articles[1], id)))
end
local function archiveArticle(articles, id)
  local place, json = placeIn(articles[1], id)
  if not place then return end
  redis.call('HDEL', articles[1], id)
  redis.call('HSET', articles[3], id, json)
  redis.call('ZADD', articles[4], 0, place)
end
local function forgetArticle(articles, id)
  local place = placeIn(articles[1], id)
  if not place then return end
  redis.call('HDEL', articles[1], id)
  redis.call('ZREM', articles[2], place)
end
local function trimArchive(articles, from, most)
  local old = redis.call('ZRANGEBYLEX', articles[4], '-', '(' .. from, 'LIMIT', 0, 1000)
  for _, place in ipairs(old) do unarchive(articles, string.match(place, '_(.*)$'), place) end
  local over = math.min(redis.call('ZCARD', articles[4]) - most, 1000)
  if over <= 0 then return end
  local counts, sources, places = {}, {}, redis.call('ZRANGE', articles[4], 0, -1)
  for n, place in ipairs(places) do
    local source = string.match(place, '_([^/]*)')
    sources[n], counts[source] = source, (counts[source] or 0) + 1
  end
  for _, share in ipairs({ most * ${ARTICLE_SHARE}, -1 }) do
    for n, place in ipairs(places) do
      if over == 0 then return end
      local source = sources[n]
      if source and counts[source] > share then
        unarchive(articles, string.match(place, '_(.*)$'), place)
        sources[n], counts[source], over = false, counts[source] - 1, over - 1
      end
    end
  end
end
local function forgetArchived(articles, source)
  for _, id in ipairs(redis.call('HKEYS', articles[3])) do
    if string.sub(id, 1, #source + 1) == source .. '/' then unarchive(articles, id, placeIn(articles[3], id)) end
  end
end
`

export const articleKeys = [keys.articles, keys.articleOrder, keys.articleArchive, keys.articleArchiveOrder] as const

/**
 * readArticles: both hashes at one instant, as articles move between them. Not a MULTI, which a full Redis refuses.
 * KEYS  1 articles, 2 articleArchive
 * ARGV  n × id
 * Returns the owned and the archived texts, in the order of the ids.
 */
const readByIdScript = unfencedScript(`
local owned, archived = {}, {}
for n, id in ipairs(ARGV) do
  owned[n], archived[n] = redis.call('HGET', KEYS[1], id), redis.call('HGET', KEYS[2], id)
end
return { owned, archived }
`)

async function readById(redis: Redis, ids: readonly RecordId[], onInvalid: OnInvalid): Promise<Map<RecordId, Article>> {
  if (ids.length === 0) return new Map()
  const reply = await readByIdScript(redis, [keys.articles, keys.articleArchive], ids)
  const [owned = [], archived = []] = (Array.isArray(reply) ? reply : []).map((texts): (string | null)[] =>
    Array.isArray(texts) ? texts.map(text => (typeof text === 'string' ? text : null)) : [],
  )
  const found = ids.flatMap((id, index) => {
    const article = parseRecord(Article, 'article', id, owned[index] ?? archived[index], onInvalid)
    return article === undefined ? [] : [[id, article] as const]
  })
  return new Map(found)
}

/** All instants have the same length, so lexical order is chronological. */
const memberOf = ({ at, id }: ArticlePosition): string => `${at}_${id}`

const positionOf = (member: string): ArticlePosition => {
  const end = member.indexOf('_')
  return { at: member.slice(0, end), id: member.slice(end + 1) }
}
const idIn = (member: string): RecordId => positionOf(member).id
