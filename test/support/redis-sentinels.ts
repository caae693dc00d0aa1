import { Redis } from 'ioredis'
import { connectQueue } from '../../shared/redis/connect.ts'
import { parseRedisUrl } from '../../shared/redis/redis-url.ts'
import { type RedisProcess, redisProcess } from './redis-process.ts'
import type { Store } from './stack.ts'
import { until } from './temporary-redis.ts'

const NAME = 'nephoscope'
const QUORUM = 2
const PASSWORD = 'of-redis'
const SENTINEL_PASSWORD = 'of-the-sentinels'
const quiet = { warn: () => undefined, info: () => undefined }

export type RedisSentinels = Store & {
  /** The master that the sentinels name. */
  master(): Promise<RedisProcess>
  /** From now on the replica gets nothing of what the master is told. */
  cutReplica(): Promise<void>
  /** Waits until the sentinels know a replica that follows the master. */
  replicated(): Promise<void>
}

/** A real master, its replica, and three sentinels that watch them; each kind with a password of its own. */
export async function redisSentinels(): Promise<RedisSentinels> {
  const guarded = [`requirepass ${PASSWORD}`, `masterauth ${PASSWORD}`]
  const quick = ['repl-diskless-sync-delay 0', 'repl-ping-replica-period 1']
  const durable = ['port %p', 'save ""', 'appendonly yes', ...quick, ...guarded]
  const first = await redisProcess(durable)
  const second = await redisProcess([...durable, `replicaof 127.0.0.1 ${first.port}`])
  const servers = [first, second]
  const sentinels = await Promise.all(
    [0, 1, 2].map(() =>
      redisProcess(
        [
          'port %p',
          `sentinel monitor ${NAME} 127.0.0.1 ${first.port} ${QUORUM}`,
          `sentinel auth-pass ${NAME} ${PASSWORD}`,
          `requirepass ${SENTINEL_PASSWORD}`,
          `sentinel sentinel-pass ${SENTINEL_PASSWORD}`,
          `sentinel down-after-milliseconds ${NAME} 1000`,
          `sentinel failover-timeout ${NAME} 4000`,
        ],
        ['--sentinel'],
      ),
    ),
  )
  const sentinel = new Redis(sentinels[0]?.port ?? 0, { password: SENTINEL_PASSWORD, maxRetriesPerRequest: null })
  sentinel.on('error', () => undefined)
  const masterPort = async (): Promise<number> => {
    const reply: unknown = await sentinel.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', NAME)
    return Number(Array.isArray(reply) ? reply[1] : Number.NaN)
  }
  const hosts = sentinels.map(({ port }) => `127.0.0.1:${port}`)
  const url = `redis+sentinel://:${PASSWORD}@${hosts.join(',')}/${NAME}`
  const address = parseRedisUrl(url)
  if (!address.ok) throw new Error(address.error)
  const redis = connectQueue({ address: address.value, sentinel: { password: SENTINEL_PASSWORD } }, 'test', quiet)

  const store: RedisSentinels = {
    url,
    redis,
    environment: { REDIS_SENTINEL_PASSWORD: SENTINEL_PASSWORD },
    async master() {
      const port = await masterPort()
      const master = servers.find(server => server.port === port)
      if (master === undefined) throw new Error(`the sentinels name ${port}, which is none of ours`)
      return master
    },
    async cutReplica() {
      // Nobody may follow the master any more, and whoever does is cut.
      await redis.call('ACL', 'SETUSER', 'default', '-psync', '-sync')
      await redis.call('CLIENT', 'KILL', 'TYPE', 'replica')
    },
    replicated: () =>
      until(async () => {
        const info = await redis.info('replication')
        const told: unknown = await sentinel.call('SENTINEL', 'REPLICAS', NAME)
        const known = Array.isArray(told) ? told.map(String) : []
        const peers: unknown = await sentinel.call('SENTINEL', 'CKQUORUM', NAME).catch(() => '')
        return (
          /state=online/.test(info) &&
          known.some(replica => /flags,slave,/.test(replica) && /master-link-status,ok/.test(replica)) &&
          String(peers).startsWith('OK 3')
        )
      }, 'a replica that follows, known to three sentinels'),
    async close() {
      redis.disconnect()
      sentinel.disconnect()
      await Promise.all([...servers, ...sentinels].map(one => one.close()))
    },
  }
  await store.replicated()
  return store
}
