import { labelOf } from '../components.ts'
import type { Incident, StatusPage, World } from '../world.ts'

/** What is open on a page, planned work too, newest first. */
export const openOn = (page: StatusPage, world: World): Incident[] =>
  allOn(page, world).filter(incident => incident.endedAt === null)

/** The same with what is over. */
export const allOn = (page: StatusPage, world: World): Incident[] =>
  world.incidents.filter(incident => incident.on === page.name).sort((a, b) => b.startedAt - a.startedAt)

/** The components of a page, in its order. */
export const componentsOf = (page: StatusPage): { label: string; group: string | null; name: string }[] =>
  page.parts.flatMap(({ group, names }) => names.map(name => ({ label: labelOf(group, name), group, name })))

/** The page behind an incident. */
export const incidentLink = (page: StatusPage, id: string | number, world: World): string =>
  `${world.origin}/statuspage/${page.name}/incidents/${id}`

export const updatedAt = (incident: Incident): number => incident.updates[0]?.at ?? incident.startedAt

/** When work that was planned has begun; null while it is ahead. */
export const begunAt = (incident: Incident): number | null =>
  incident.updates.findLast(update => update.phase === 'in_progress')?.at ?? null

export const jsonOf = (document: unknown) => ({
  body: Buffer.from(JSON.stringify(document)),
  contentType: 'application/json; charset=utf-8',
})
