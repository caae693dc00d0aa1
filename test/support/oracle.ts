import type { Event, EventDraft } from '../../shared/domain/events.ts'
import type { OwnedRecords } from '../../shared/redis/poll-state.ts'
import { type Catalogue, countryOf, loadCatalogue } from '../../shared/regions/catalogue.ts'
import { parseSources, type ReadSource } from '../../workers/config/source-config.ts'
import type { Answer } from '../../workers/formats/answer.ts'
import { readers } from '../../workers/formats/registry.ts'
import { placeMatcher } from '../../workers/places/places.ts'
import { diff } from '../../workers/poll/diff.ts'
import type { Simulator } from '../simulator/server.ts'
import { simulatedSources } from '../simulator/sources.ts'

/** Says which events a story must lead to. */
export type Oracle = {
  /** Looks at every source as it is now, or at this one; call it after each step of the story. */
  look(source?: string): Promise<void>
  /** What must have happened so far, as `tellingOf` puts it, a list a source. */
  expected(): Map<string, string[]>
  count(): number
}

/**
 * The oracle reads the simulated sources itself and applies only the pure core, twice a look, as absence wants to be seen
 * twice. It has no queue, no store and no crash: what the workers' road adds or loses shows in the comparison.
 */
export async function startOracle(simulator: Simulator): Promise<Oracle> {
  const parsed = parseSources(simulatedSources(simulator.url, { every: '1s' }), 'simulated')
  if (!parsed.ok) throw new Error(parsed.error)
  const catalogue = await loadCatalogue(new URL('../../shared/regions/', import.meta.url))
  const read = parsed.value.sources.filter(source => source.kind !== 'probe' && source.kind !== 'inbound')
  const watched = read.map(source => watch(source, catalogue))
  return {
    async look(source) {
      const these = watched.filter(({ id }) => source === undefined || id === source)
      for (let reading = 0; reading < 2; reading++) await Promise.all(these.map(one => one.look()))
    },
    expected: () => new Map(watched.map(({ id, told }) => [id, told])),
    count: () => watched.reduce((sum, { told }) => sum + told.length, 0),
  }
}

function watch(source: ReadSource, catalogue: Catalogue) {
  const reader = readers[source.kind]
  const places = placeMatcher(catalogue.regions.values())
  const owned: OwnedRecords = { incidents: new Map(), components: new Map(), articles: new Map() }
  let missing: Record<string, string> = {}
  const told: string[] = []
  return {
    id: source.id,
    told,
    async look(): Promise<void> {
      const also = reader.also?.(source.url)
      const [answer, second] = await Promise.all([reader.address(source.url), also].map(answerAt))
      if (answer === undefined || (also !== undefined && second === undefined)) return
      const now = Date.now()
      const both = second === undefined ? answer : { ...answer, also: second }
      const third = await answerAt(reader.more?.(source.url, both))
      const whole = third === undefined ? both : { ...both, more: third }
      const reading = await reader.read(whole, { source, places, now })
      if (!reading.ok) throw new Error(`${source.id}: ${reading.error}`)
      const { provider } = source
      const result = diff({
        provider,
        complete: reader.complete,
        reading: reading.value,
        owned,
        missing,
        countryOf: countryOf(catalogue),
        keepEndedMs: 90 * 86_400_000,
        now,
      })
      missing = result.missing
      apply(owned.incidents, result.upserts.incidents, result.removals.incidents)
      apply(owned.components, result.upserts.components, result.removals.components)
      apply(owned.articles, result.upserts.articles, result.removals.articles)
      told.push(...result.events.map(tellingOf))
    },
  }
}

/** What stands at the address; undefined where that is none, or fails. */
async function answerAt(url: string | undefined): Promise<Answer | undefined> {
  const response = url === undefined ? undefined : await fetch(url).catch(() => undefined)
  if (response?.status !== 200) return undefined
  return { body: new Uint8Array(await response.arrayBuffer()), contentType: response.headers.get('content-type') }
}

function apply<T extends { id: string }>(records: Map<string, T>, upserts: T[], removals: string[]): void {
  for (const record of upserts) records.set(record.id, record)
  for (const id of removals) records.delete(id)
}

/** What an event tells, without the instants that depend on when a poll happened. */
export function tellingOf(event: EventDraft): string {
  switch (event.type) {
    case 'incident.opened':
    case 'incident.updated':
    case 'incident.resolved': {
      const { id, title, status, impact, regions, services } = event.data
      return [event.type, id, title, status, impact, regions, services].join(' | ')
    }
    case 'components.updated':
      return [
        event.type,
        ...event.data.upserted.map(({ id, status }) => `${id} ${status}`),
        ...event.data.removed,
      ].join(' | ')
    case 'article.published':
    case 'article.updated':
      return [event.type, event.data.id, event.data.title, event.data.summary].join(' | ')
    default:
      return event.type
  }
}

/** The stream's events of the kinds that the oracle foretells, a list a source. */
export function tellingsBySource(events: readonly Event[], sources: Iterable<string>): Map<string, string[]> {
  const lists = new Map<string, string[]>([...sources].map(source => [source, []]))
  for (const event of events) {
    const source = sourceOfEvent(event)
    if (source !== undefined) lists.get(source)?.push(tellingOf(event))
  }
  return lists
}

function sourceOfEvent(event: Event): string | undefined {
  switch (event.type) {
    case 'incident.opened':
    case 'incident.updated':
    case 'incident.resolved':
    case 'article.published':
    case 'article.updated':
      return event.data.id.split('/')[0]
    case 'components.updated':
      return (event.data.upserted[0]?.id ?? event.data.removed[0])?.split('/')[0]
    default:
      return undefined
  }
}
