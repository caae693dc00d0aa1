import { componentLabel } from './components.ts'
import { isRegion } from './regions.ts'
import { hasSource } from './source-ids.ts'
import { clouds, type Incident, type World } from './world.ts'

export const inRound = (name: string, round: number): string => (round === 0 ? name : `${name}.${round}`)

export const isCloud = (on: string): boolean => clouds.some(cloud => cloud === on)

export function newId(world: World, name: string, round: number): string {
  const id = inRound(name, round)
  if (world.incidents.some(incident => incident.id === id)) throw new Error(`'${name}' is taken: give it another id`)
  return id
}

/** This round's incident, else one from before the story. */
export function openIncident(world: World, name: string, round: number): Incident {
  const named = (id: string) => world.incidents.find(incident => incident.id === id)
  const incident = named(inRound(name, round)) ?? named(name)
  if (!incident) throw new Error(`nothing is called '${name}': open or schedule it first`)
  if (incident.endedAt !== null) throw new Error(`'${name}' is over already`)
  return incident
}

export function servicesOn(world: World, on: string, names: string[]): string[] {
  if (isCloud(on)) return [...new Set(names)]
  const page = world.pages.find(candidate => candidate.name === on)
  const known = [...clouds, ...world.pages.map(one => one.name)]
  if (!page) throw new Error(`'${on}' is neither a cloud nor a status page: use ${known.join(', ')}`)
  return [...new Set(names.map(name => componentLabel(page, name)))]
}

export function checkRegions(on: string, codes: string[]): void {
  for (const code of codes) {
    if (!isCloud(on)) throw new Error(`${on} is a status page: name its components in services, not regions`)
    if (!isRegion(on, code)) throw new Error(`${on} has no region '${code}': see test/simulator/regions.ts`)
  }
}

export function checkSource(world: World, source: string): void {
  if (!hasSource(world, source)) throw new Error(`no source '${source}': see test/simulator/endpoints.ts`)
}
