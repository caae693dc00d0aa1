import { loadCatalogue } from '../../shared/regions/catalogue.ts'
import { parseSources, type ReadSource } from '../../workers/config/source-config.ts'
import type { Answer } from '../../workers/formats/answer.ts'
import type { Reading } from '../../workers/formats/reader.ts'
import { readers } from '../../workers/formats/registry.ts'
import { placeMatcher } from '../../workers/places/places.ts'
import type { Simulator } from './server.ts'
import { simulatedSources } from './sources.ts'

const catalogue = await loadCatalogue(new URL('../../shared/regions/', import.meta.url))
const places = placeMatcher(catalogue.regions.values())

/** The simulated sources that workers read, as they are configured. */
export function sourcesOf({ url }: Pick<Simulator, 'url'>, options: { all?: boolean } = {}): ReadSource[] {
  const file = parseSources(simulatedSources(url, { every: '2s', feedsEvery: '5s', ...options }), 'simulated.yaml')
  if (!file.ok) throw new Error(file.error)
  return file.value.sources.filter(source => source.kind !== 'probe' && source.kind !== 'inbound')
}

/** The workers' reading of a source's answer, or of all where it has several. */
export async function read(source: ReadSource, now = Date.now()): Promise<Reading> {
  const reader = readers[source.kind]
  const also = reader.also?.(source.url)
  const first = await fetched(reader.address(source.url))
  const answer = also === undefined ? first : { ...first, also: await fetched(also) }
  const more = reader.more?.(source.url, answer)
  const whole = more === undefined ? answer : { ...answer, more: await fetched(more) }
  const reading = await reader.read(whole, { source, places, now })
  if (!reading.ok) throw new Error(`${source.id}: ${reading.error}`)
  return reading.value
}

async function fetched(url: string): Promise<Answer> {
  const response = await fetch(url)
  if (response.status !== 200) throw new Error(`${url}: ${response.status}`)
  return { body: new Uint8Array(await response.arrayBuffer()), contentType: response.headers.get('content-type') }
}
