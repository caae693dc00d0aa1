import type { Incident } from './incident.ts'
import type { View } from './view.ts'

/** Whether a record is a word to our own account, or tells of the source of such words. */
const isPrivate = (record: object): boolean =>
  ('isPrivate' in record && record.isPrivate === true) || ('kind' in record && record.kind === 'inbound')

/** Whether a server tells of a record, or of an event's, to anybody. */
export type Tells = (record: object) => boolean

export const tellsAll: Tells = () => true
/** Of a server that keeps private words to itself. */
export const tellsPublic: Tells = record => !isPrivate(record)

/** The view without what is not told. */
export function toldView(view: View, tells: Tells): View {
  const told = <R extends object>(records: Map<string, R>) =>
    new Map([...records].filter(([, record]) => tells(record)))
  return tells === tellsAll
    ? view
    : { ...view, incidents: told(view.incidents), handlings: told(view.handlings), sources: told(view.sources) }
}

/** The view as far as the public word goes, whatever the server tells: for what is said of clouds to anybody. */
export const publicView = <V extends { incidents: ReadonlyMap<string, Incident> }>(
  view: V,
): V & { incidents: Map<string, Incident> } => ({
  ...view,
  incidents: new Map([...view.incidents].filter(([, incident]) => tellsPublic(incident))),
})
