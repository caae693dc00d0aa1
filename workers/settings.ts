import { z } from 'zod'
import { Flag, LogLevel, RedisUrl } from '../shared/environment.ts'

/** What the workers take from the environment. */
export const Settings = z.object({
  REDIS_URL: RedisUrl,
  NEPHOSCOPE_CONFIG: z.string().default('config/sources.yaml'),
  ALLOW_PRIVATE_SOURCES: Flag,
  /** How long an incident that is over is kept. */
  RETENTION_DAYS: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a whole number of days from 1 to 3650')
    .transform(Number)
    .pipe(z.number().min(1, 'must be at least 1 day').max(3650, 'must be at most 3650 days'))
    .default(90),
  LOG_LEVEL: LogLevel.default('info'),
})
