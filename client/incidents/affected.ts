import { type Incident, regionsEverIn } from '../../shared/domain/incident.ts'
import { timeOfEntry, withStates } from '../../shared/domain/ledger.ts'
import type { Instant, RegionId } from '../../shared/domain/primitives.ts'

/** `left`: when it was no longer named; null while it is. */
type Named<T> = { name: T; left: Instant | null }

export type Affected = { regions: Named<RegionId>[]; services: Named<string>[]; zones: readonly string[] }

/** What an incident names, and what it has named: the present first. Pure. */
export function affected(incident: Incident): Affected {
  const { regions, services, zones = [], everRegions } = incident
  const leftRegions = regionsEverIn(incident)
    .filter(id => !regions.includes(id))
    .map(name => ({ name, left: everRegions.find(({ region }) => region === name)?.to ?? null }))
  return {
    regions: [...regions.map(name => ({ name, left: null })), ...leftRegions],
    services: [...services.map(name => ({ name, left: null })), ...leftServices(incident)],
    zones,
  }
}

/** Services that an entry named and a later one did not. Names come back: the last time counts. */
function leftServices(incident: Incident): Named<string>[] {
  const left = new Map<string, Instant>()
  let before: readonly string[] = []
  for (const entry of withStates(incident.entries, incident).reverse()) {
    for (const name of before) if (!entry.services.includes(name)) left.set(name, timeOfEntry(entry))
    before = entry.services
  }
  return [...left].filter(([name]) => !incident.services.includes(name)).map(([name, at]) => ({ name, left: at }))
}
