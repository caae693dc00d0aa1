import { hostname } from 'node:os'
import { z } from 'zod'
import { Flag, LogLevel, RedisUrl } from '../shared/environment.ts'

const PLACE = 'must be a name of 1 to 40 characters'

/** What the workers take from the environment. */
export const Settings = z.object({
  REDIS_URL: RedisUrl,
  NEPHOSCOPE_CONFIG: z.string().default('config/sources.yaml'),
  ALLOW_PRIVATE_SOURCES: Flag,
  /** What people call the place where these workers run, beside what probes measure from there. */
  PROBE_FROM: z
    .string()
    .trim()
    .min(1, PLACE)
    .max(40, PLACE)
    .default(() => hostname().slice(0, 40)),
  LOG_LEVEL: LogLevel.default('info'),
})
