import { type Status, statusOfImpact, worst } from '../../shared/domain/status.ts'
import { statuspageId } from './native-ids.ts'
import type { Incident, StatusPage, World } from './world.ts'

/** `Europe - Amsterdam`, or the bare name of a component without a group. */
export const labelOf = (group: string | null, name: string): string => (group === null ? name : `${group} - ${name}`)

/** The inverse of `labelOf`: the bare name. */
export const nameOf = (page: StatusPage, label: string): string =>
  page.parts.flatMap(({ group, names }) => names.filter(name => labelOf(group, name) === label))[0] ?? label

/**
 * A component's name, or its label where several share the name → its label. Throws when the page has no such
 * component.
 */
export function componentLabel(page: StatusPage, name: string): string {
  const components = page.parts.flatMap(({ group, names }) =>
    names.map(one => ({ name: one, label: labelOf(group, one) })),
  )
  const found = components.filter(one => one.label === name || one.name === name)
  if (found.length > 1) {
    throw new Error(
      `several components of ${page.name} are called '${name}': ${found.map(one => one.label).join(', ')}`,
    )
  }
  if (found[0]) return found[0].label
  throw new Error(`${page.name} has no component '${name}': see test/simulator/pages.ts`)
}

/** What is open on a page, planned work included, newest first. */
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

/** When planned work began; null while it is ahead. */
export const begunAt = (incident: Incident): number | null =>
  incident.updates.findLast(update => update.phase === 'in_progress')?.at ?? null

export const jsonOf = (document: unknown) => ({
  body: Buffer.from(JSON.stringify(document)),
  contentType: 'application/json; charset=utf-8',
})

/** Label → status of every component: the worst of its open incidents. */
export function statusesOf(page: StatusPage, open: Incident[]): Map<string, Status> {
  const touching = (label: string): Status[] =>
    open
      .filter(incident => incident.phase !== 'scheduled' && incident.services.includes(label))
      .map(incident => statusOfImpact[incident.impact])
  const labels = page.parts.flatMap(({ group, names }) => names.map(name => labelOf(group, name)))
  return new Map(labels.map(label => [label, worst(touching(label))]))
}

export const componentId = (page: StatusPage, label: string): string => statuspageId(page.name, `component ${label}`)
