import { type Incident, type IncidentChange, type IncidentStep, MOST_STEPS } from './incident.ts'

/** The later of two versions of an incident, with the steps of the earlier and the one between them. */
export function withStep(before: Incident, after: Incident): Incident {
  const changes = changesBetween(before, after)
  const step: IncidentStep = {
    at: after.updatedAt,
    update: newestUpdate(before, after),
    status: after.status,
    changes,
  }
  const steps = [...(before.steps ?? []), ...(changes.length === 0 ? [] : [step])].slice(-MOST_STEPS)
  return steps.length === 0 ? after : { ...after, steps }
}

/** Steps apart: what the source said. */
export const asTold = (incident: Incident): Omit<Incident, 'steps'> => {
  const { steps, ...told } = incident
  return told
}

function newestUpdate(before: Incident, after: Incident): string | null {
  const known = new Set(before.updates.map(({ id }) => id))
  return after.updates.find(({ id }) => !known.has(id))?.id ?? null
}

function changesBetween(before: Incident, after: Incident): IncidentChange[] {
  const listed = (kind: Extract<IncidentChange, { names: string[] }>['kind'], names: string[]): IncidentChange[] =>
    names.length === 0 ? [] : [{ kind, names }]
  return [
    ...(before.status === after.status ? [] : [{ kind: 'status' as const, from: before.status, to: after.status }]),
    ...(before.impact === after.impact ? [] : [{ kind: 'impact' as const, from: before.impact, to: after.impact }]),
    ...listed('regionsAdded', without(after.regions, before.regions)),
    ...listed('regionsRemoved', without(before.regions, after.regions)),
    ...listed('servicesAdded', without(after.services, before.services)),
    ...listed('servicesRemoved', without(before.services, after.services)),
  ]
}

function without(names: readonly string[], known: readonly string[]): string[] {
  const set = new Set(known)
  return names.filter(name => !set.has(name))
}
