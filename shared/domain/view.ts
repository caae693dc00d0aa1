import type { Article } from './article.ts'
import type { Component } from './component.ts'
import { compareEventIds, type Event, type EventId, ORIGIN } from './events.ts'
import { type Incident, isEnded } from './incident.ts'
import { type Notice, noOffice, type Office } from './notice.ts'
import { ascending, descending, firstOf } from './order.ts'
import { type RecordId, type RegionId, sourceOf } from './primitives.ts'
import type { Probe } from './probe.ts'
import type { RegionStatus } from './region.ts'
import type { Source } from './source.ts'

/** All current records by id. The server and every page hold one and apply the same events to it. */
export type View = {
  head: EventId
  office: Office
  statuses: Map<RegionId, RegionStatus>
  incidents: Map<RecordId, Incident>
  components: Map<RecordId, Component>
  articles: Map<RecordId, Article>
  sources: Map<string, Source>
  /** By the id of their source. */
  probes: Map<string, Probe>
  notices: Map<string, Notice>
}

/** How many ended incidents and articles a view keeps: the newest. */
export type ViewLimits = { endedIncidents: number; articles: number }

/** What servers and pages keep for their first answer; the rest is asked for. */
export const viewLimits: ViewLimits = { endedIncidents: 200, articles: 500 }

export const emptyView = (): View => ({
  head: ORIGIN,
  office: noOffice,
  statuses: new Map(),
  incidents: new Map(),
  components: new Map(),
  articles: new Map(),
  sources: new Map(),
  probes: new Map(),
  notices: new Map(),
})

/** Applies an event in place. An event at or before the view's head changes nothing. Returns whether it was applied. */
export function applyEvent(view: View, event: Event, limits: ViewLimits): boolean {
  if (compareEventIds(event.id, view.head) <= 0) return false
  view.head = event.id
  switch (event.type) {
    case 'incident.opened':
    case 'incident.updated':
    case 'incident.resolved':
      view.incidents.set(event.data.id, event.data)
      trimEndedIncidents(view, limits.endedIncidents)
      break
    case 'components.updated':
      for (const component of event.data.upserted) view.components.set(component.id, component)
      for (const id of event.data.removed) view.components.delete(id)
      break
    case 'region.status':
      view.statuses.set(event.data.region, event.data)
      break
    case 'article.published':
    case 'article.updated':
      view.articles.set(event.data.id, event.data)
      trimArticles(view, limits.articles)
      break
    case 'source.health':
      view.sources.set(event.data.id, event.data)
      break
    case 'probe.changed':
      view.probes.set(event.data.id, event.data)
      break
    case 'source.removed':
      view.sources.delete(event.data.id)
      view.probes.delete(event.data.id)
      for (const records of [view.incidents, view.components, view.articles])
        for (const id of records.keys()) if (sourceOf(id) === event.data.id) records.delete(id)
      break
    case 'office.changed':
      view.office = event.data
      break
    case 'notice.posted':
      view.notices.set(event.data.id, event.data)
      break
    case 'notice.withdrawn':
      view.notices.delete(event.data.id)
      break
  }
  return true
}

/** Newest first; the id decides between equals, so that every screen has one order. */
export const byNewest = firstOf<Article>(descending('publishedAt'), ascending('id'))

export function trimArticles(view: View, keep: number): void {
  if (view.articles.size <= keep) return
  for (const article of [...view.articles.values()].sort(byNewest).slice(keep)) view.articles.delete(article.id)
}

export function trimEndedIncidents(view: View, keep: number): void {
  if (view.incidents.size <= keep) return
  const ended = [...view.incidents.values()].filter(isEnded)
  if (ended.length <= keep) return
  ended.sort(firstOf(descending('updatedAt'), ascending('id')))
  for (const incident of ended.slice(keep)) view.incidents.delete(incident.id)
}
