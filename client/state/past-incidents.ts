import { z } from 'zod'
import { Incident, isEnded } from '../../shared/domain/incident.ts'
import { endOf } from './incidents.ts'

const Answer = z.object({ incidents: z.array(Incident) })

type Ask = (address: string) => Promise<Response>

/** How many are shown. */
const MOST_PAST = 20

/** The newest that are over, of a region or of a provider. Rejects when they cannot be had. */
export async function askForPast(ask: Ask, of: 'region' | 'provider', id: string): Promise<Incident[]> {
  const response = await ask(`/api/incidents?state=ended&${of}=${id}&limit=${MOST_PAST}`)
  if (!response.ok) throw new Error(`GET /api/incidents answered ${response.status}`)
  return Answer.parse(await response.json()).incidents
}

/** What was asked for together with what has ended since: by id, the latest first. `live`: those of the same place. */
export function pastIncidents(asked: readonly Incident[], live: readonly Incident[]): Incident[] {
  const all = new Map(asked.map(incident => [incident.id, incident]))
  for (const incident of live) if (isEnded(incident)) all.set(incident.id, incident)
  return [...all.values()]
    .sort((a, b) => endOf(b).localeCompare(endOf(a)) || a.id.localeCompare(b.id))
    .slice(0, MOST_PAST)
}
