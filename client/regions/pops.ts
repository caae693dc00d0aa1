import { z } from 'zod'
import { Pop } from '../../shared/domain/region.ts'

const Stats = z.object({ pops: z.int().min(0) })

/** More than any network has. */
const MOST_POPS = 10_000
const PopPlace = Pop.pick({ city: true, country: true, lat: true, lon: true })
const Answer = z.object({ pops: z.array(PopPlace).max(MOST_POPS) })

/** An edge location as far as a map, or whoever looks for a city, needs it. */
export type PopPlace = z.infer<typeof PopPlace>

/** `GET /api/pops` → where the edge locations are; none where the server does not know them or cannot be asked. */
export async function askForPops(ask: (address: string) => Promise<Response>): Promise<PopPlace[]> {
  try {
    const response = await ask('/api/pops')
    const answer = response.ok ? Answer.safeParse(await response.json()) : undefined
    return answer?.data?.pops ?? []
  } catch {
    return []
  }
}

/** `GET /api/stats` → how many there are; null where the server cannot be asked. */
export async function askForPopCount(ask: (address: string) => Promise<Response>): Promise<number | null> {
  try {
    const response = await ask('/api/stats')
    return response.ok ? Stats.parse(await response.json()).pops : null
  } catch {
    return null
  }
}
