import type { Texts } from '../../shared/domain/compact-snapshot.ts'
import type { Event } from '../../shared/domain/events.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import type { Snapshot } from '../../shared/domain/snapshot.ts'
import { byNewest, emptyView, type View } from '../../shared/domain/view.ts'

/** A part of the view that is shown, and redrawn, on its own. */
export type Collection = Exclude<keyof View, 'head'>

export const allCollections: readonly Collection[] = [
  'office',
  'statuses',
  'incidents',
  'components',
  'articles',
  'sources',
  'probes',
  'notices',
]

/** A snapshot → the view from which events go on. */
export function viewOf(snapshot: Snapshot): View {
  const view = emptyView()
  view.head = snapshot.head
  const { simulated, mine, walls, roundTrips } = snapshot
  view.office = { simulated, mine, walls, roundTrips }
  for (const status of snapshot.statuses) view.statuses.set(status.region, status)
  for (const incident of snapshot.incidents) view.incidents.set(incident.id, incident)
  for (const component of snapshot.components) view.components.set(component.id, component)
  for (const article of snapshot.articles) view.articles.set(article.id, article)
  for (const source of snapshot.sources) view.sources.set(source.id, source)
  for (const probe of snapshot.probes) view.probes.set(probe.id, probe)
  for (const notice of snapshot.notices) view.notices.set(notice.id, notice)
  return view
}

/** The view as it is now → a snapshot that makes the same view; `frame` is what no event changes. */
export function snapshotOf(
  view: View,
  frame: Pick<Snapshot, 'build' | 'at' | 'workersAt' | 'providers' | 'regions'>,
): Snapshot {
  return {
    ...frame,
    head: view.head,
    ...view.office,
    statuses: [...view.statuses.values()],
    incidents: [...view.incidents.values()],
    components: [...view.components.values()],
    articles: [...view.articles.values()].sort(byNewest),
    sources: [...view.sources.values()],
    probes: [...view.probes.values()],
    notices: [...view.notices.values()],
  }
}

/** Which collections an event of this type may change. */
export function touchedBy(type: Event['type']): readonly Collection[] {
  switch (type) {
    case 'incident.opened':
    case 'incident.updated':
    case 'incident.resolved':
      return ['incidents']
    case 'components.updated':
      return ['components']
    case 'region.status':
      return ['statuses']
    case 'article.published':
    case 'article.updated':
      return ['articles']
    case 'source.health':
      return ['sources']
    case 'probe.changed':
      return ['probes']
    case 'source.removed':
      return ['sources', 'probes', 'incidents', 'components', 'articles']
    case 'office.changed':
      return ['office']
    case 'notice.posted':
    case 'notice.withdrawn':
      return ['notices']
  }
}

/** Gives the records of a picture the texts that it left out. What is in `whole` came later, with all of its texts, and stays. */
export function fillIn(view: View, { incidents, summaries }: Texts, whole: ReadonlySet<RecordId>): void {
  for (const { id, ...texts } of incidents) {
    const incident = view.incidents.get(id)
    if (incident && !whole.has(id)) view.incidents.set(id, { ...incident, ...texts })
  }
  for (const [id, summary] of summaries) {
    const article = view.articles.get(id)
    if (article && !whole.has(id)) view.articles.set(id, { ...article, summary })
  }
}
