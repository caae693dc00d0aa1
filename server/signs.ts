import type { Redis } from 'ioredis'
import { noOffice, type Office, readSigns } from '../shared/redis/office.ts'
import type { OnInvalid } from '../shared/redis/records.ts'

/** How often the signs are read, in ms. */
const EVERY_MS = 1_000

/** What workers leave in Redis beside the stream. While Redis cannot be read, what was last read stands, and grows old. */
export type Signs = {
  readonly office: Office
  /** When a roll-up last ran: the proof that workers live and watch the clock. */
  readonly workersAt: string | null
  stop(): void
}

export function watchSigns(
  redis: Redis,
  log: { debug(fields: object, message: string): void },
  onInvalid: OnInvalid,
): Signs {
  let signs: Awaited<ReturnType<typeof readSigns>> = { office: noOffice, workersAt: null }
  const read = () =>
    readSigns(redis, onInvalid).then(
      read => {
        signs = read
      },
      error => log.debug({ error: String(error) }, 'no sign of the workers could be read'),
    )
  void read()
  const timer = setInterval(read, EVERY_MS)
  return {
    get office() {
      return signs.office
    },
    get workersAt() {
      return signs.workersAt
    },
    stop: () => clearInterval(timer),
  }
}
