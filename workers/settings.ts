import { z } from 'zod'
import { Flag, LogLevel, RedisUrl } from '../shared/environment.ts'

/** What the workers take from the environment. */
export const Settings = z.object({
  REDIS_URL: RedisUrl,
  NEPHOSCOPE_CONFIG: z.string().default('config/sources.yaml'),
  ALLOW_PRIVATE_SOURCES: Flag,
  LOG_LEVEL: LogLevel.default('info'),
})
