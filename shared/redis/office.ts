import type { Redis } from 'ioredis'
import { z } from 'zod'
import { RegionId } from '../domain/primitives.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'

/** What the sources file says beside its sources, for every page. */
export const Office = z.object({
  /** True where simulated providers feed the store. */
  simulated: z.boolean(),
  /** The regions that matter to this office. */
  mine: z.array(RegionId),
})
export type Office = z.infer<typeof Office>

export const noOffice: Office = { simulated: false, mine: [] }

export async function writeOffice(redis: Redis, office: Office): Promise<void> {
  await redis.set(keys.office, JSON.stringify(office))
}

/** The office, and when a roll-up last ran (null: never); one round trip. */
export async function readSigns(
  redis: Redis,
  onInvalid: OnInvalid,
): Promise<{ office: Office; workersAt: string | null }> {
  const [office, beat] = await redis.mget(keys.office, keys.rollUpBeat)
  return {
    office: parseRecord(Office, 'office', keys.office, office, onInvalid) ?? noOffice,
    workersAt: z.iso.datetime().safeParse(beat).data ?? null,
  }
}
