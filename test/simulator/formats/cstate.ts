import type { Impact } from '../../../shared/domain/status.ts'
import { statuspageId } from '../native-ids.ts'
import { begunAt, componentsOf, incidentLink, jsonOf, nameOf, openOn, updatedAt } from '../page-state.ts'
import type { Incident, Rendered, StatusPage, World } from '../world.ts'
import { bare } from './notation.ts'

/** A cState page: an issue stands below each system that it affects. @see https://github.com/cstate/cstate/wiki/API */
export function cstateIndex(page: StatusPage, world: World): Rendered {
  const open = openOn(page, world)
  return jsonOf({
    is: 'index',
    cStateVersion: '5.2',
    apiVersion: '2.0',
    title: page.title,
    baseURL: world.origin,
    summaryStatus: worstOf(open),
    categories: page.parts.map(({ group }) => ({
      name: group ?? 'Services',
      hideTitle: false,
      closedByDefault: false,
    })),
    systems: componentsOf(page).map(({ label, group, name }) => {
      const issues = open.filter(({ services }) => services.includes(label))
      return {
        name,
        category: group ?? 'Services',
        status: worstOf(issues),
        unresolvedIssues: issues.map(incident => issue(page, incident, world)),
      }
    }),
  })
}

const words = ['ok', 'notice', 'disrupted', 'down'] as const
const severities: Readonly<Record<Impact, number>> = { none: 1, minor: 1, major: 2, critical: 3, maintenance: 1 }

/** An announcement counts like any other issue. */
const worstOf = (issues: readonly Incident[]) => words[Math.max(0, ...issues.map(({ impact }) => severities[impact]))]

function issue(page: StatusPage, incident: Incident, world: World) {
  const slug = statuspageId(page.name, incident.id)
  return {
    is: 'issue',
    title: incident.title,
    createdAt: printed(begunAt(incident) ?? incident.scheduledFor ?? incident.startedAt),
    lastMod: printed(updatedAt(incident)),
    permalink: incidentLink(page, slug, world),
    severity: words[severities[incident.impact]],
    resolved: false,
    informational: incident.kind === 'maintenance',
    resolvedAt: '',
    affected: incident.services.map(label => nameOf(page, label)),
    filename: `${slug}.md`,
  }
}

/** `2026-07-23 16:29:09 +0000 UTC`: as Go prints a time. */
const printed = (ms: number): string => `${bare(ms)} +0000 UTC`
