import { concerns } from '../../shared/domain/concerns.ts'
import { formatUse, type SimpleUse, type Stack, usesOf } from '../../shared/domain/stack.ts'
import { incidentsOfStack, stackSummary } from './stack-summary.ts'
import type { PagePart, PageSubject } from './statuspage.ts'
import { regionName, type SubjectFacts, serviceName, vendorName } from './subject.ts'

/** A stack as a status page: what it uses, those of the stacks that it stands on too, are its parts. Pure. */
export function stackPage(stack: Stack, facts: SubjectFacts): PageSubject {
  const incidents = incidentsOfStack(stack, facts)
  const here = { ...facts, view: { ...facts.view, incidents: new Map(incidents.map(one => [one.id, one])) } }
  const uses = new Map(usesOf(stack, facts.stackFacts.stacks).map(({ use }) => [idOf(use), use]))
  const parts = [...uses].map(([id, use]): PagePart => {
    const name = nameOf(use, facts)
    return { id, name, summary: stackSummary({ id: stack.id, name, uses: [use] }, here) }
  })
  return {
    id: stack.id,
    name: stack.name,
    summary: stackSummary(stack, facts),
    parts,
    incidents,
    partsOf: incident =>
      concerns(stack, incident, facts.stackFacts)
        .filter(({ strength }) => strength !== 'possible')
        .map(({ use }) => idOf(use)),
  }
}

/** Statuspage's ids are plain words. */
const idOf = (use: SimpleUse): string => formatUse(use).replace(/[^\w.-]+/g, '.')

function nameOf(use: SimpleUse, facts: SubjectFacts): string {
  switch (use.kind) {
    case 'region':
      return regionName(use.region, facts)
    case 'service':
      return serviceName(use.service, use.regions, facts)
    case 'vendor': {
      const where = [...use.sites, ...use.parts].join(', ')
      return vendorName(use.vendor, facts) + (where && `: ${where}`)
    }
    case 'source':
    case 'probe':
      return facts.view.sources.get(use.source)?.name ?? use.source
  }
}
