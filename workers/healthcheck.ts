import { hostname } from 'node:os'
import { Redis } from 'ioredis'
import { workerBeat } from '../shared/redis/keys.ts'

/** How long Redis may take to answer, in ms. */
const PATIENCE_MS = 3_000

/** For a container's health check: 0 while the timetable loop of this host's worker turns, else 1. */
setTimeout(() => process.exit(1), PATIENCE_MS)
const redis = new Redis(process.env.REDIS_URL ?? '', { maxRetriesPerRequest: 0 })
redis.on('error', () => process.exit(1))
process.exit((await redis.exists(workerBeat(hostname()))) === 1 ? 0 : 1)
