import { z } from 'zod'
import { fail, ok, type Result } from '../domain/primitives.ts'

export type RedisNode = { host: string; port: number }

export type RedisAddress = {
  user?: string
  password?: string
  tls: boolean
  place:
    | { kind: 'socket'; path: string }
    | { kind: 'single'; node: RedisNode; db: number }
    /** Some nodes of the cluster; they know the others. */
    | { kind: 'cluster'; nodes: RedisNode[] }
    | { kind: 'sentinel'; nodes: RedisNode[]; master: string; db: number }
}

const FORMS =
  'redis://host:6379, redis+cluster://host1:6379,host2:6379, redis+sentinel://host1:26379,host2:26379/master-name (each rediss… with TLS, and user:password@ before the hosts) or unix:///path/to/redis.sock'

const Node = z
  .string()
  .regex(/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i, 'is no host:port')
  .transform(text => /^(?<host>\[.*\]|[^:]+)(?::(?<port>\d+))?$/.exec(text)?.groups ?? {})
const Port = z.coerce.number().int().min(1).max(65_535)
const Database = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number)
const Master = z.string().regex(/^[\w.-]{1,100}$/)

/**
 * `REDIS_URL` → the address, or one line with the broken rule, never with user or password. Several hosts have commas.
 * @see https://www.iana.org/assignments/uri-schemes/prov/redis for a single server
 */
export function parseRedisUrl(text: string): Result<RedisAddress> {
  const parts = /^(redis|rediss|unix)(\+cluster|\+sentinel)?:\/\//.exec(text)
  if (!parts || /\s/.test(text)) return fail(`must be ${FORMS}`)
  const [start, scheme, many] = parts
  const { credentials, hosts, path } = partsOf(text.slice(start.length))
  if (scheme === 'unix') {
    if (many !== undefined || hosts !== '' || path.length < 2) return fail('must be unix:///path/to/redis.sock')
    return withCredentials(credentials, { tls: false, place: { kind: 'socket', path } })
  }
  const tls = scheme === 'rediss'
  const nodes: RedisNode[] = []
  for (const host of hosts.split(',')) {
    const node = nodeOf(host, many === '+sentinel' ? 26_379 : 6379)
    if (!node.ok) return node
    nodes.push(node.value)
  }
  const rest = path.slice(1)
  if (many === '+cluster') {
    if (rest !== '') return fail('names a database, and a cluster has but one: leave out what follows the hosts')
    return withCredentials(credentials, { tls, place: { kind: 'cluster', nodes } })
  }
  const [name = '', ...more] = many === '+sentinel' ? rest.split('/') : ['', rest]
  const db = Database.safeParse(more[0] || '0')
  if (!db.success || more.length > 1) return fail('names no database: after the last / stands its number, or nothing')
  if (many === '+sentinel') {
    if (!Master.safeParse(name).success)
      return fail('names no master: say which the sentinels watch, as in redis+sentinel://host1,host2/mymaster')
    return withCredentials(credentials, { tls, place: { kind: 'sentinel', nodes, master: name, db: db.data } })
  }
  const [node, another] = nodes
  if (node === undefined || another !== undefined)
    return fail('names several hosts: begin with redis+cluster:// or redis+sentinel://, or give one')
  return withCredentials(credentials, { tls, place: { kind: 'single', node, db: db.data } })
}

/** `user:password@hosts/path` → its parts; absent hosts and path are empty. */
function partsOf(text: string): { credentials: string | undefined; hosts: string; path: string } {
  const at = text.lastIndexOf('@')
  const place = text.slice(at + 1)
  const slash = place.indexOf('/')
  return {
    credentials: at === -1 ? undefined : text.slice(0, at),
    hosts: slash === -1 ? place : place.slice(0, slash),
    path: slash === -1 ? '' : place.slice(slash),
  }
}

function nodeOf(text: string, usualPort: number): Result<RedisNode> {
  const named = Node.safeParse(text)
  const port = named.success ? Port.safeParse(named.data.port ?? usualPort) : undefined
  if (!named.success || !port?.success)
    return fail(`has '${text.slice(0, 80)}' where a host is wanted, such as redis.example.com:6379`)
  return ok({ host: (named.data.host ?? '').replace(/^\[|\]$/g, ''), port: port.data })
}

/** `user:password`, `:password` or `user`; `@ : / %` in them are percent-encoded. */
function withCredentials(given: string | undefined, address: RedisAddress): Result<RedisAddress> {
  if (given === undefined) return ok(address)
  const [user, password] = given.split(/:(.*)/s)
  try {
    return ok({
      ...address,
      ...(user && { user: decodeURIComponent(user) }),
      ...(password && { password: decodeURIComponent(password) }),
    })
  } catch {
    return fail('has a % in its user or password that encodes nothing: write %25 for it')
  }
}

export const RedisUrl = z
  .string({
    error: 'is not set: give the Redis to use, such as redis://localhost:6379, or use npm start, which brings its own',
  })
  .transform((text, context): RedisAddress => {
    const parsed = parseRedisUrl(text)
    if (parsed.ok) return parsed.value
    context.addIssue({ code: 'custom', message: parsed.error })
    return z.NEVER
  })
