import { z } from 'zod'
import { fail, ok, type Result } from '../domain/primitives.ts'
import { type RedisAddress, RedisUrl } from './redis-url.ts'

/** The environment variables of both roles for Redis. */
export const redisSettings = {
  REDIS_URL: RedisUrl,
  /** File of the CA certificates (PEM) for Redis; Node's own if unset. */
  REDIS_CA: z.string().optional(),
  /** Files of the client certificate and its key (PEM). */
  REDIS_CERT: z.string().optional(),
  REDIS_KEY: z.string().optional(),
  REDIS_SENTINEL_USER: z.string().optional(),
  REDIS_SENTINEL_PASSWORD: z.string().optional(),
}

export type RedisTarget = {
  address: RedisAddress
  tls?: { ca?: string; cert?: string; key?: string }
  sentinel?: { user?: string; password?: string }
}

const files = { REDIS_CA: 'ca', REDIS_CERT: 'cert', REDIS_KEY: 'key' } as const
const fileNames = ['REDIS_CA', 'REDIS_CERT', 'REDIS_KEY'] as const
type Settings = z.infer<z.ZodObject<typeof redisSettings>>

/** Reads the files that the settings name; or one line with the variable, its rule and how to correct it. */
export async function redisTarget(
  settings: Settings,
  read: (fileName: string) => Promise<string>,
): Promise<Result<RedisTarget>> {
  const { REDIS_URL: address, REDIS_CERT, REDIS_KEY } = settings
  const named = fileNames.find(name => settings[name] !== undefined)
  if (named !== undefined && !address.tls)
    return fail(`${named} is set, but REDIS_URL is without TLS: begin it with rediss, or unset ${named}`)
  if ((REDIS_CERT === undefined) !== (REDIS_KEY === undefined))
    return fail('REDIS_CERT and REDIS_KEY go together: set both or none')
  const tls: RedisTarget['tls'] = {}
  for (const name of fileNames) {
    const file = settings[name]
    if (file === undefined) continue
    const text = await read(file).catch((error: Error) => error)
    if (text instanceof Error) return fail(`${name} cannot be read: ${text.message}`)
    if (!text.includes('-----BEGIN ')) return fail(`${name} must be a PEM file, which '${file}' is not`)
    tls[files[name]] = text
  }
  const { REDIS_SENTINEL_USER: user, REDIS_SENTINEL_PASSWORD: password } = settings
  return ok({
    address,
    ...(address.tls && { tls }),
    sentinel: { ...(user !== undefined && { user }), ...(password !== undefined && { password }) },
  })
}
