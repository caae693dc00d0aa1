import { type Incident, isActive, statusOfIncident } from './incident.ts'
import type { RegionId } from './primitives.ts'
import type { Reason } from './reason.ts'
import { severity } from './status.ts'

/** What of a stack an incident reaches. `place` and `what` are null where all of it is meant. */
export type Ground = { place: RegionId | null; what: string | null }

/** How an incident hits a stack now: by what it names now, as what has left it is in trouble no more. */
export type Trouble = { grounds: readonly Ground[]; severity: number }

export const noTrouble: Trouble = { grounds: [], severity: 0 }

/** Maintenance is no trouble. @param reasons why the incident, as it is now, concerns the stack */
export function troubleOf(incident: Incident, reasons: readonly Reason[]): Trouble {
  return isTrouble(incident)
    ? { grounds: reasons.map(groundOf), severity: severity[statusOfIncident(incident)] }
    : noTrouble
}

export const isTrouble = (incident: Incident): boolean =>
  incident.kind !== 'maintenance' && isActive(incident) && severity[statusOfIncident(incident)] > 0

function groundOf({ kind, region, service, part }: Reason): Ground {
  const isExact = kind === 'service' || kind === 'wider' || kind === 'narrower'
  return { place: region, what: isExact ? service : part }
}

/** Whether trouble reaches a part of the stack that nobody was told of. */
export const hasSpread = (told: readonly Ground[], now: readonly Ground[]): boolean =>
  now.some(ground => !told.some(one => covers(one, ground)))

/** What was told of a whole region, provider or vendor was told of each part of it. */
const covers = (told: Ground, ground: Ground): boolean =>
  (told.place === null || told.place === ground.place) && (told.what === null || told.what === ground.what)
