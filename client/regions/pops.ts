import { z } from 'zod'
import { Pop } from '../../shared/domain/region.ts'
import type { Ask } from '../live/answer-to.ts'
import { answerTo } from '../live/answer-to.ts'

/** Above the size of any provider's network. */
const MAX_POPS = 10_000
const PopPlace = Pop.pick({ city: true, country: true, lat: true, lon: true })
const PopsAnswer = z.object({ pops: z.array(PopPlace).max(MAX_POPS) })

export type PopPlace = z.infer<typeof PopPlace>

/** `GET /api/pops` → the edge locations; empty when the server gives none. */
export const askForPops = async (ask: Ask): Promise<PopPlace[]> =>
  PopsAnswer.safeParse(await answerTo(ask, '/api/pops')).data?.pops ?? []
