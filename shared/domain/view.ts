import {
  byCollection,
  type CollectionEvent,
  type CollectionName,
  collectionNames,
  collections,
  mapCollections,
  type PerCollection,
} from './collections.ts'
import { compareEventIds, type Event, type EventData, type EventId, type EventType, ORIGIN } from './events.ts'
import { defaultSettings, type OfficeSettings } from './notice.ts'

export type CollectionMaps = PerCollection<'map'>

/** The whole state. The server and every page hold one and apply the same events to it. */
export type View = CollectionMaps & { head: EventId; settings: OfficeSettings }

/** A part of the view that an event changes as a whole. */
export type ViewPart = CollectionName | 'settings'
export const viewParts: readonly ViewPart[] = ['settings', ...collectionNames]

export const emptyView = (): View => ({
  head: ORIGIN,
  settings: defaultSettings,
  ...mapCollections<'map'>(() => new Map()),
})

/** How many records a view keeps per collection. Incidents that are not over are kept beyond it. */
export type ViewLimits = { [Name in CollectionName]?: number | undefined }

/** The limits of servers and pages; older records are read from the store on demand. */
export const viewLimits: ViewLimits = byCollection(name => collections[name].limit)

/** Applies an event in place. An event at or before the view's head changes nothing. Returns whether it was applied. */
export function applyEvent(view: View, event: Event, limits: ViewLimits): boolean {
  if (compareEventIds(event.id, view.head) <= 0) return false
  view.head = event.id
  if (event.type === 'office.changed') view.settings = event.data
  else if (event.type !== 'audit.noted')
    for (const name of collectionsOf(event.type)) {
      change(view, name, event.type, event.data)
      trim(view, name, limits[name])
    }
  return true
}

export function trimView(view: View, limits: ViewLimits): void {
  for (const name of collectionNames) trim(view, name, limits[name])
}

export const changedParts = (type: EventType): readonly ViewPart[] =>
  type === 'office.changed' ? ['settings'] : type === 'audit.noted' ? [] : collectionsOf(type)

const namesByEvent = new Map<string, CollectionName[]>()
for (const name of collectionNames)
  for (const type of Object.keys(collections[name].events))
    namesByEvent.set(type, [...(namesByEvent.get(type) ?? []), name])

/** The parameter's type rejects an event that no row of the table takes. */
const collectionsOf = (type: CollectionEvent): readonly CollectionName[] => namesByEvent.get(type) ?? []

function change<Name extends CollectionName, Type extends EventType>(
  maps: CollectionMaps,
  name: Name,
  type: Type,
  data: EventData[Type],
): void {
  const { events, id } = collections[name]
  events[type]?.(maps[name], data, id)
}

function trim<Name extends CollectionName>(maps: CollectionMaps, name: Name, limit: number | undefined): void {
  if (limit !== undefined) collections[name].trim(maps[name], limit)
}
