import { z } from 'zod'
import { Pop } from '../../shared/domain/region.ts'
import type { Ask } from '../live/live.svelte.ts'

/** Above the size of any provider's network. */
const MAX_POPS = 10_000
const PopPlace = Pop.pick({ city: true, country: true, lat: true, lon: true })
const PopsAnswer = z.object({ pops: z.array(PopPlace).max(MAX_POPS) })
const StatsAnswer = z.object({ pops: z.int().min(0) })

/** An edge location, as far as a map or the search for a city needs it. */
export type PopPlace = z.infer<typeof PopPlace>

/** `GET /api/pops` → the edge locations; empty when the server gives none. */
export async function askForPops(ask: Ask): Promise<PopPlace[]> {
  try {
    const response = await ask('/api/pops')
    const answer = response.ok ? PopsAnswer.safeParse(await response.json()) : undefined
    return answer?.data?.pops ?? []
  } catch {
    return []
  }
}

/** `GET /api/stats` → the number of edge locations; null when the server gives none. */
export async function askForPopCount(ask: Ask): Promise<number | null> {
  try {
    const response = await ask('/api/stats')
    return response.ok ? StatsAnswer.parse(await response.json()).pops : null
  } catch {
    return null
  }
}
