import type { Redis } from 'ioredis'
import { z } from 'zod'
import { DeadLetter, Delivery, LaneTrouble, MessageBrief } from '../domain/delivery.ts'
import { Instant, toInstant } from '../domain/primitives.ts'
import { handlePrefix, holdPrefix, keys, lanePrefix } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'
import { script } from './script.ts'

/** Bytes of all messages that wait. Beyond them a message becomes a dead letter at once. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024
/** Those for one target: one that takes nothing for a day leaves room for the others. */
export const MAX_TARGET_BYTES = MAX_WAITING_BYTES / 8
const MAX_DEAD = 1_000
const MAX_RECENT = 300
/** How long a conversation's handle is kept after its last message, in seconds: 30 days. */
const HANDLE_TTL_S = 30 * 86_400

/** A message as it waits in a lane. `message` is read by who sends it. */
export const WaitingMessage = MessageBrief.extend({ queuedAt: Instant, message: z.unknown() })
export type WaitingMessage = z.infer<typeof WaitingMessage>

/**
 * A lane carries the messages of one conversation to one target, in order: a list in Redis. `lanes` names those that
 * hold something, with what went wrong; `lanesDue` says when each is looked at next. Whoever takes a lane holds it by
 * its claim until then.
 */
export const laneOf = ({ target, conversation }: Pick<MessageBrief, 'target' | 'conversation'>): string =>
  `${target} ${conversation}`

/**
 * Lua: `enqueue(lane, json)` appends a message to its lane; `bury(json, why)` appends it to the dead letters. `json` is
 * a `WaitingMessage`.
 */
export const deliveryLua = `
local function nowMs()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local function bury(json, why, attempts, at)
  local item = cjson.decode(json)
  item.message = nil
  item.queuedAt = nil
  item.why, item.attempts, item.at = why, attempts, at
  item.deadId = tostring(redis.call('HINCRBY', '${keys.deliveryCounts}', 'dead', 1))
  redis.call('LPUSH', '${keys.deadLetters}', cjson.encode({ letter = cjson.encode(item), waiting = json }))
  while redis.call('LLEN', '${keys.deadLetters}') > ${MAX_DEAD} do
    redis.call('RPOP', '${keys.deadLetters}')
    redis.call('HINCRBY', '${keys.deliveryCounts}', 'forgotten', 1)
  end
end
local function bytesField(lane) return 'bytes ' .. string.match(lane, '^[^ ]*') end
local function countBytes(lane, bytes)
  redis.call('HINCRBY', '${keys.deliveryCounts}', 'bytes', bytes)
  local left = redis.call('HINCRBY', '${keys.deliveryCounts}', bytesField(lane), bytes)
  if left <= 0 then redis.call('HDEL', '${keys.deliveryCounts}', bytesField(lane)) end
end
local function enqueue(lane, json, at)
  local waiting = redis.call('HMGET', '${keys.deliveryCounts}', 'bytes', bytesField(lane))
  if #json + tonumber(waiting[2] or '0') > ${MAX_TARGET_BYTES} then
    return bury(json, 'too many messages wait for this target already', 1, at)
  end
  if #json + tonumber(waiting[1] or '0') > ${MAX_WAITING_BYTES} then
    return bury(json, 'too many messages wait already', 1, at)
  end
  redis.call('RPUSH', '${lanePrefix}' .. lane, json)
  countBytes(lane, #json)
  redis.call('HSETNX', '${keys.lanes}', lane, '')
  redis.call('ZADD', '${keys.lanesDue}', 'NX', nowMs(), lane)
end
`

/**
 * takeLanes: takes due lanes, the longest waiting first, and delays each by its lease, after which another may take it.
 * KEYS 1 lanesDue, 2 laneHolders. ARGV 1 limit, 2 lease ms, 3 claim
 */
const takeScript = script(`${deliveryLua}
local now = nowMs()
local taken = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
for _, lane in ipairs(taken) do
  redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), lane)
  redis.call('HSET', KEYS[2], lane, ARGV[3])
end
return taken
`)

export async function takeLanes(redis: Redis, limit: number, leaseMs: number, claim: string): Promise<string[]> {
  const reply = await takeScript(redis, [keys.lanesDue, keys.laneHolders], [limit, leaseMs, claim])
  return Array.isArray(reply) ? reply.map(String) : []
}

/**
 * headOfLane. Returns the first message, what went wrong so far, and the handle; nothing where the lane is held by
 * another, is empty, or its target asked for no messages.
 * KEYS 1 lanesDue, 2 laneHolders, 3 lanes. ARGV 1 lane, 2 claim, 3 lease ms, 4 target
 */
const headScript = script(`${deliveryLua}
local lane = ARGV[1]
if redis.call('HGET', KEYS[2], lane) ~= ARGV[2] then return {} end
local head = redis.call('LINDEX', '${lanePrefix}' .. lane, 0)
if not head then
  redis.call('ZREM', KEYS[1], lane)
  redis.call('HDEL', KEYS[2], lane)
  redis.call('HDEL', KEYS[3], lane)
  return {}
end
local held = redis.call('PTTL', '${holdPrefix}' .. ARGV[4])
if held > 0 then
  redis.call('ZADD', KEYS[1], nowMs() + held, lane)
  redis.call('HDEL', KEYS[2], lane)
  return {}
end
redis.call('ZADD', KEYS[1], nowMs() + tonumber(ARGV[3]), lane)
return { head, redis.call('HGET', KEYS[3], lane) or '', redis.call('GET', '${handlePrefix}' .. lane) or '' }
`)

export type LaneHead = { json: string; waiting: WaitingMessage; trouble: LaneTrouble | null; handle: string | null }

/** The first message of a lane that is held by this claim; null where there is none to send now. */
export async function headOfLane(
  redis: Redis,
  lane: string,
  claim: string,
  leaseMs: number,
  onInvalid: OnInvalid,
): Promise<LaneHead | 'unreadable' | null> {
  const names = [keys.lanesDue, keys.laneHolders, keys.lanes]
  const reply = await headScript(redis, names, [lane, claim, leaseMs, targetOfLane(lane)])
  const [json, trouble, handle] = Array.isArray(reply) ? reply.map(String) : []
  if (json === undefined) return null
  const waiting = parseRecord(WaitingMessage, 'message', lane, json, onInvalid)
  if (waiting === undefined) return 'unreadable'
  return {
    json,
    waiting,
    trouble: parseRecord(LaneTrouble, 'lane', lane, trouble === '' ? null : trouble, onInvalid) ?? null,
    handle: handle === undefined || handle === '' ? null : handle,
  }
}

export const targetOfLane = (lane: string): string => lane.slice(0, lane.indexOf(' '))

/** renewLane. KEYS 1 lanesDue, 2 laneHolders. ARGV 1 lane, 2 claim, 3 lease ms. Returns 0 if the claim was lost. */
const renewScript = script(`${deliveryLua}
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('ZADD', KEYS[1], nowMs() + tonumber(ARGV[3]), ARGV[1])
return 1
`)

/** Holds a lane for longer, while its message is under way. */
export async function renewLane(redis: Redis, lane: string, claim: string, leaseMs: number): Promise<boolean> {
  return (await renewScript(redis, [keys.lanesDue, keys.laneHolders], [lane, claim, leaseMs])) === 1
}

/**
 * settleHead: the first message has been sent, or nobody will get it. Returns 1 if the lane holds another.
 * KEYS 1 lanesDue, 2 laneHolders, 3 lanes, 4 counts, 5 recent
 * ARGV 1 lane, 2 claim, 3 lease ms, 4 'sent' or 'dead', 5 handle or '', 6 delivery (JSON), 7 why, 8 attempts, 9 at
 */
const settleScript = script(`${deliveryLua}
local lane = ARGV[1]
if redis.call('HGET', KEYS[2], lane) ~= ARGV[2] then
  redis.call('HINCRBY', KEYS[4], 'late', 1)
  return 0
end
local json = redis.call('LPOP', '${lanePrefix}' .. lane)
if json then
  countBytes(lane, -#json)
  redis.call('HINCRBY', KEYS[4], ARGV[4], ARGV[4] == 'sent' and 1 or 0)
  if ARGV[4] == 'dead' then bury(json, ARGV[7], tonumber(ARGV[8]), ARGV[9]) end
  if ARGV[6] ~= '' then
    redis.call('LPUSH', KEYS[5], ARGV[6])
    redis.call('LTRIM', KEYS[5], 0, ${MAX_RECENT - 1})
  end
  if ARGV[5] ~= '' then redis.call('SET', '${handlePrefix}' .. lane, ARGV[5], 'EX', ${HANDLE_TTL_S}) end
end
if redis.call('EXISTS', '${lanePrefix}' .. lane) == 1 then
  redis.call('HSET', KEYS[3], lane, '')
  redis.call('ZADD', KEYS[1], nowMs() + tonumber(ARGV[3]), lane)
  return 1
end
redis.call('ZREM', KEYS[1], lane)
redis.call('HDEL', KEYS[2], lane)
redis.call('HDEL', KEYS[3], lane)
return 0
`)

const settleKeys = [keys.lanesDue, keys.laneHolders, keys.lanes, keys.deliveryCounts, keys.deliveries]
type Held = { lane: string; claim: string; leaseMs: number }

/** The first message was sent. Returns whether the lane holds another. */
export async function popSent(
  redis: Redis,
  { lane, claim, leaseMs }: Held,
  delivery: Delivery,
  handle: string | undefined,
): Promise<boolean> {
  const args = [lane, claim, leaseMs, 'sent', handle?.slice(0, 500) ?? '', JSON.stringify(delivery), '', 1, '']
  return (await settleScript(redis, settleKeys, args)) === 1
}

/** Nobody will get the first message: it becomes a dead letter. Returns whether the lane holds another. */
export async function buryHead(
  redis: Redis,
  { lane, claim, leaseMs }: Held,
  { why, attempts, at }: Pick<DeadLetter, 'why' | 'attempts' | 'at'>,
): Promise<boolean> {
  const args = [lane, claim, leaseMs, 'dead', '', '', why.slice(0, 300), attempts, at]
  return (await settleScript(redis, settleKeys, args)) === 1
}

/**
 * postponeLane. KEYS 1 lanesDue, 2 laneHolders, 3 lanes, 4 counts
 * ARGV 1 lane, 2 claim, 3 delay ms, 4 trouble (JSON), 5 target, 6 ms for which the whole target waits, 0 for none
 */
const postponeScript = script(`${deliveryLua}
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[3], ARGV[1], ARGV[4])
redis.call('ZADD', KEYS[1], nowMs() + tonumber(ARGV[3]), ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('HINCRBY', KEYS[4], 'failed', 1)
if tonumber(ARGV[6]) > 0 then redis.call('SET', '${holdPrefix}' .. ARGV[5], '1', 'PX', ARGV[6]) end
return 1
`)

/** The first message was not taken: it is tried again after a while. @param holdMs the service's `Retry-After` */
export async function postponeLane(
  redis: Redis,
  { lane, claim }: Held,
  trouble: LaneTrouble,
  delayMs: number,
  holdMs: number,
): Promise<void> {
  const names = [keys.lanesDue, keys.laneHolders, keys.lanes, keys.deliveryCounts]
  const delays = [Math.ceil(delayMs), JSON.stringify(trouble), targetOfLane(lane), Math.ceil(holdMs)]
  await postponeScript(redis, names, [lane, claim, ...delays])
}

/**
 * buryRestored. A restored store holds messages that may have been sent since its backup was made. A restore takes the
 * instants at which lanes are due, so a lane without one is from a backup.
 * KEYS 1 lanesDue, 2 lanes, 3 counts. ARGV 1 at. Returns the number of messages.
 */
const buryRestoredScript = script(`${deliveryLua}
local buried = 0
for _, lane in ipairs(redis.call('HKEYS', KEYS[2])) do
  if not redis.call('ZSCORE', KEYS[1], lane) then
    for _, json in ipairs(redis.call('LRANGE', '${lanePrefix}' .. lane, 0, -1)) do
      bury(json, 'it waited in a restored store, and may have been sent before: replay it if it was not', 1, ARGV[1])
      countBytes(lane, -#json)
      buried = buried + 1
    end
    redis.call('DEL', '${lanePrefix}' .. lane)
    redis.call('HDEL', KEYS[2], lane)
  end
end
return buried
`)

/** Makes dead letters of the messages that waited when the backup of a restored store was made. */
export async function buryRestored(redis: Redis, now: number): Promise<number> {
  return Number(await buryRestoredScript(redis, [keys.lanesDue, keys.lanes, keys.deliveryCounts], [toInstant(now)]))
}

const StoredDead = z.object({ letter: z.string(), waiting: z.string() })

export type DeliveryState = {
  /** Lanes that hold messages. */
  lanes: { lane: string; target: string; waiting: number; trouble: LaneTrouble | null }[]
  deadLetters: DeadLetter[]
  recent: Delivery[]
  counts: Readonly<Record<string, number>>
  /** Of every target of the sources file, its kind. */
  kinds: Readonly<Record<string, string>>
}

/** How deliveries do. */
export async function readDeliveries(redis: Redis, onInvalid: OnInvalid): Promise<DeliveryState> {
  const [lanes, dead, recent, counts, kinds] = await Promise.all([
    redis.hgetall(keys.lanes),
    redis.lrange(keys.deadLetters, 0, -1),
    redis.lrange(keys.deliveries, 0, -1),
    redis.hgetall(keys.deliveryCounts),
    redis.hgetall(keys.notifyTargets),
  ])
  const names = Object.keys(lanes)
  const lengths = names.length === 0 ? [] : await redis.pipeline(names.map(lane => ['llen', lanePrefix + lane])).exec()
  return {
    lanes: names.map((lane, index) => ({
      lane,
      target: targetOfLane(lane),
      waiting: Number(lengths?.[index]?.[1] ?? 0),
      trouble: parseRecord(LaneTrouble, 'lane', lane, lanes[lane] === '' ? null : lanes[lane], onInvalid) ?? null,
    })),
    deadLetters: dead.flatMap(json => letterOf(json, onInvalid) ?? []),
    recent: recent.flatMap(json => parseRecord(Delivery, 'delivery', keys.deliveries, json, onInvalid) ?? []),
    counts: Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Number(count)])),
    kinds,
  }
}

function letterOf(json: string, onInvalid: OnInvalid): DeadLetter | undefined {
  const stored = parseRecord(StoredDead, 'dead letter', keys.deadLetters, json, onInvalid)
  return parseRecord(DeadLetter, 'dead letter', keys.deadLetters, stored?.letter, onInvalid)
}

/** takeDead. KEYS 1 deadLetters. ARGV 1 the entry as stored, 2 lane or '', 3 message (JSON), 4 at */
const takeDeadScript = script(`${deliveryLua}
if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then return 0 end
if ARGV[2] ~= '' then enqueue(ARGV[2], ARGV[3], ARGV[4]) end
return 1
`)

/** Sends a dead letter again, or forgets it. Returns false where there is none of this id. @param now ms */
export async function settleDead(
  redis: Redis,
  deadId: string,
  what: 'replay' | 'forget',
  { now, onInvalid }: { now: number; onInvalid: OnInvalid },
): Promise<boolean> {
  for (const json of await redis.lrange(keys.deadLetters, 0, -1)) {
    if (letterOf(json, onInvalid)?.deadId !== deadId) continue
    const stored = StoredDead.parse(JSON.parse(json))
    const waiting = parseRecord(WaitingMessage, 'message', deadId, stored.waiting, onInvalid)
    if (what === 'replay' && waiting === undefined) return false
    const again = waiting === undefined ? '' : JSON.stringify({ ...waiting, queuedAt: toInstant(now) })
    const lane = what === 'replay' && waiting !== undefined ? laneOf(waiting) : ''
    return (await takeDeadScript(redis, [keys.deadLetters], [json, lane, again, toInstant(now)])) === 1
  }
  return false
}

/** nameTargets. KEYS 1 notifyTargets. ARGV n × (target, kind). Without targets it needs no room. */
const nameScript = script(`
redis.call('DEL', KEYS[1])
for at = 1, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1]) end
return 1
`)

/** Names the targets, for the list of deliveries; never what they are configured with. */
export async function nameTargets(
  redis: Redis,
  targets: readonly { id: string; kind: { kind: string } }[],
): Promise<void> {
  await nameScript(
    redis,
    [keys.notifyTargets],
    targets.flatMap(({ id, kind }) => [id, kind.kind]),
  )
}
