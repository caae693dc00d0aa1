import { Redis } from 'ioredis'
import { connectQueue } from '../../shared/redis/connect.ts'
import { KEY_SLOT } from '../../shared/redis/connectors.ts'
import { parseRedisUrl } from '../../shared/redis/redis-url.ts'
import { type RedisProcess, redisCli, redisProcess } from './redis-process.ts'
import type { Store } from './stack.ts'
import { until } from './temporary-redis.ts'

const quiet = { warn: () => undefined, info: () => undefined }

export type RedisCluster = Store & {
  /** The node that holds our keys, as the others tell it. */
  owner(): Promise<RedisProcess>
  /** Moves our keys to another master while everybody works. */
  moveSlot(): Promise<void>
}

/** A real cluster of three masters, each with as many replicas. */
export async function redisCluster({ replicas }: { replicas: number }): Promise<RedisCluster> {
  const nodes = await Promise.all(
    Array.from({ length: 3 * (1 + replicas) }, () =>
      redisProcess([
        'port %p',
        'cluster-enabled yes',
        'cluster-node-timeout 1000',
        'cluster-replica-validity-factor 0',
        'save ""',
        'appendonly yes',
        'repl-diskless-sync-delay 0',
      ]),
    ),
  )
  const direct = nodes.map(({ port }) => {
    const redis = new Redis(port, { maxRetriesPerRequest: 0, retryStrategy: () => 50, commandTimeout: 1_000 })
    redis.on('error', () => undefined)
    return redis
  })
  await until(
    async () => (await Promise.all(direct.map(redis => redis.ping().catch(() => '')))).every(said => said === 'PONG'),
    'the nodes to answer',
  )
  const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`)
  redisCli('--cluster', 'create', ...hosts, '--cluster-replicas', String(replicas), '--cluster-yes')
  // For a moment after it has joined, a node still answers CLUSTERDOWN.
  const isUp = async (node: Redis) => (await node.cluster('INFO').catch(() => '')).includes('cluster_state:ok')
  await until(async () => (await Promise.all(direct.map(isUp))).every(Boolean), 'every node to know the cluster')
  const url = `redis+cluster://${hosts.join(',')}`
  const address = parseRedisUrl(url)
  if (!address.ok) throw new Error(address.error)
  const redis = connectQueue({ address: address.value }, 'test', quiet)

  async function ownerPort(): Promise<number> {
    for (const node of direct) {
      const slots = await node.cluster('SLOTS').catch(() => [])
      const [, , holder] = slots.find(([from, to]) => Number(from) <= KEY_SLOT && KEY_SLOT <= Number(to)) ?? []
      if (holder) return Number(holder[1])
    }
    throw new Error('no node tells who holds our keys')
  }
  const indexOf = (port: number): number => nodes.findIndex(node => node.port === port)

  return {
    url,
    redis,
    async owner() {
      const node = nodes[indexOf(await ownerPort())]
      if (node === undefined) throw new Error('the owner is none of ours')
      return node
    },
    async moveSlot() {
      const from = indexOf(await ownerPort())
      const masters = await Promise.all(direct.map(node => node.role()))
      const to = masters.findIndex(([role], index) => role === 'master' && index !== from)
      const [source, target, port] = [direct[from], direct[to], nodes[to]?.port]
      if (!source || !target || port === undefined) throw new Error('there is no other master')
      const [sourceId, targetId] = await Promise.all(
        [source, target].map(async node => String(await node.cluster('MYID'))),
      )
      await target.cluster('SETSLOT', KEY_SLOT, 'IMPORTING', sourceId ?? '')
      await source.cluster('SETSLOT', KEY_SLOT, 'MIGRATING', targetId ?? '')
      for (;;) {
        const keys = await source.cluster('GETKEYSINSLOT', KEY_SLOT, 1_000)
        if (keys.length === 0) break
        await source.migrate('127.0.0.1', port, '', 0, 5_000, 'KEYS', ...keys)
      }
      for (const node of [target, source]) await node.cluster('SETSLOT', KEY_SLOT, 'NODE', targetId ?? '')
    },
    async close() {
      redis.disconnect()
      for (const node of direct) node.disconnect()
      await Promise.all(nodes.map(node => node.close()))
    },
  }
}
