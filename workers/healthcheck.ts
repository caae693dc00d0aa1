import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { parseEnvironment } from '../shared/environment.ts'
import { refuse } from '../shared/process.ts'
import { connectRedis } from '../shared/redis/connect.ts'
import { workerKey } from '../shared/redis/keys.ts'
import { redisTarget } from '../shared/redis/redis-settings.ts'
import { Settings } from './settings.ts'

/** Exits with 0 when the timetable loop of this host's workers has run lately, else with 1 and the reason. */
const settings = parseEnvironment(Settings, process.env)
if (!settings.ok) refuse(settings.error, 1)
const target = await redisTarget(settings.value, fileName => readFile(fileName, 'utf8'))
if (!target.ok) refuse(target.error, 1)
const redis = connectRedis(target.value, 'healthcheck', { warn() {}, info() {} })
const beat = await redis
  .get(workerKey(hostname()))
  .catch((error: Error) => refuse(`Redis does not answer: ${error.message}`, 1))
if (beat === null) refuse('the workers of this host have not turned their timetable loop for 30 s', 1)
process.exit(0)
