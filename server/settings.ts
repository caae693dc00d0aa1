import { z } from 'zod'
import { LogLevel, RetentionDays } from '../shared/environment.ts'
import { redisSettings } from '../shared/redis/redis-settings.ts'

const Token = z.string().min(12, 'must be at least 12 characters').max(512, 'must be at most 512 characters')

const count = (most: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/, `must be a whole number from 0 to ${most}`)
    .transform(Number)
    .pipe(z.number().max(most, `must be a whole number from 0 to ${most}`))

/** What the server takes from the environment. */
export const Settings = z.object({
  PORT: count(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  ...redisSettings,
  /** Set: what only the office may do is there, and needs it. */
  ADMIN_TOKEN: Token.optional(),
  /** Set: reading needs it. */
  VIEW_TOKEN: Token.optional(),
  /** Origins of other sites whose pages may connect, comma-separated. */
  ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform(value =>
      value
        .split(',')
        .map(origin => origin.trim().replace(/\/$/, ''))
        .filter(Boolean),
    )
    .pipe(
      z.array(
        z.string().regex(/^https?:\/\/[^/\s]+$/, 'must be origins such as https://wall.example.com, comma-separated'),
      ),
    ),
  /** The address under which everybody finds this service; feeds and badges link to it. Unset: what each request names. */
  PUBLIC_URL: z
    .string()
    .transform(value => value.replace(/\/$/, ''))
    .pipe(z.string().regex(/^https?:\/\/[a-z0-9.:[\]-]+$/i, 'must be an origin such as https://status.example.com'))
    .optional(),
  /** Proxies in front whose X-Forwarded-For is believed, counted from the server outwards. */
  TRUST_PROXY: count(10).default(0),
  /** Socket handshakes that one address may make in a minute; 0 is no limit. */
  HANDSHAKES_PER_MINUTE: count(1_000_000).default(600),
  /** Sockets and event streams that one address may hold open; 0 is no limit. An office may share one address. */
  CONNECTIONS_PER_ADDRESS: count(1_000_000).default(3_000),
  /** Connections of all kinds that the server holds; more are closed at once. */
  MAX_CONNECTIONS: count(1_000_000).default(50_000),
  /** What pages say of how long an incident that is over is kept; the workers are to have the same. */
  RETENTION_DAYS: RetentionDays,
  LOG_LEVEL: LogLevel.default('info'),
})
export type Settings = z.infer<typeof Settings>
