import { type Incident, isActive } from '../../shared/domain/incident.ts'
import type { Page } from '../../shared/domain/pages.ts'
import { providerOf, type RecordId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import type { Service, ServiceId } from '../../shared/domain/service.ts'
import { foldAccents } from '../../shared/domain/text.ts'
import type { Vendor } from '../../shared/domain/vendor.ts'
import { whereText } from '../incidents/incidents.ts'
import { type Catalogue, placeName, providerName } from '../live/catalogue.ts'
import { namingOf, reasonsText } from '../stacks/reason-text.ts'
import type { Standpoint } from '../stacks/standpoint.ts'
import type { FirstWords } from '../words/en/first.ts'

/** `text`: its name; `note`: tells it from others of the same name; `service`: the one of the provider's page. */
export type Found = {
  page: Extract<Page, { name: 'region' | 'provider' | 'incident' }>
  service?: ServiceId
  text: string
  note: string
}

export type FindInput = {
  catalogue: Catalogue
  incidents: ReadonlyMap<RecordId, Incident>
  standpoint: Standpoint
  /** What clouds offer, and the vendors that can be named; none until they are loaded. */
  services?: Iterable<Service>
  vendors?: Iterable<Vendor>
}

const MAX_RESULTS = 10
const MAX_WORDS = 8

/**
 * Finds providers and vendors, regions (by code, name, alias, city and country), services of watched clouds and
 * incidents (by title and place) in which every word of `query` begins a word. Those whose code or name begins with the
 * whole query come first; of incidents those that are going on, and of these those that concern the reader.
 */
export function find(query: string, input: FindInput, words: FirstWords): Found[] {
  const wanted = foldAccents(query).trim()
  if (wanted === '') return []
  const parts = wordsOf(wanted).slice(0, MAX_WORDS)
  const rank = ({ names, more }: Entry): number => {
    if (names.some(name => foldAccents(name).startsWith(wanted))) return 0
    const all = wordsOf(foldAccents([...names, ...more].join(' ')))
    return parts.length > 0 && parts.every(part => all.some(word => word.startsWith(part))) ? 1 : 2
  }
  return [...entries(input, words)]
    .map(entry => ({ entry, rank: rank(entry) }))
    .filter(one => one.rank < 2)
    .sort((a, b) => a.rank - b.rank || a.entry.order - b.entry.order || a.entry.text.localeCompare(b.entry.text))
    .slice(0, MAX_RESULTS)
    .map(({ entry: { page, service, text, note } }) => ({ page, ...(service && { service }), text, note }))
}

/** Something that can be found. A match in `names` ranks before one in `more`; a lower `order` comes first. */
type Entry = Found & { names: string[]; more: string[]; order: number }

function* entries(input: FindInput, words: FirstWords): Iterable<Entry> {
  const { catalogue, incidents, standpoint, services = [], vendors = [] } = input
  const naming = namingOf(catalogue, standpoint)
  const aliases = new Map<string, string[]>()
  for (const vendor of vendors) {
    aliases.set(vendor.id, vendor.aliases)
    if (!catalogue.providers.has(vendor.id))
      yield { ...vendorEntry(vendor), note: words.frame.search.notWatched, order: 6 }
  }
  for (const { id, name } of catalogue.providers.values())
    yield vendorEntry({ id, name, aliases: aliases.get(id) ?? [] })
  for (const region of catalogue.regions.values()) yield regionEntry(region, catalogue, words)
  for (const service of services) {
    const provider = providerOf(service.id)
    if (catalogue.providers.has(provider)) yield serviceEntry(service, providerName(catalogue, provider))
  }
  for (const incident of incidents.values()) {
    const where = whereText(incident, catalogue, words)
    const reasons = standpoint.reasonsOf(incident)
    yield {
      page: { name: 'incident', incident: incident.id },
      text: incident.title,
      note: [where, words.states.stage[incident.status], reasonsText(reasons, naming, words)]
        .filter(Boolean)
        .join(' · '),
      names: [incident.title],
      more: [where],
      order: (isActive(incident) ? 3 : 5) - (reasons.length > 0 ? 1 : 0),
    }
  }
}

const vendorEntry = ({ id, name, aliases }: Pick<Vendor, 'id' | 'name' | 'aliases'>): Entry => ({
  page: { name: 'provider', provider: id },
  text: name,
  note: '',
  names: [id, name, ...aliases],
  more: [],
  order: 0,
})

/** The most used come first. */
function serviceEntry({ id, name, aliases, rank }: Service, provider: string): Entry {
  const [owner = '', slug = ''] = id.split('/')
  return {
    page: { name: 'provider', provider: owner },
    service: id,
    text: name,
    note: provider,
    names: [name, slug, ...aliases],
    more: [provider, owner],
    order: 1.5 + rank / 10_000,
  }
}

function regionEntry(region: Region, catalogue: Catalogue, words: FirstWords): Entry {
  const { id, code, name, city, aliases, country } = region
  const where = words.regions.country(country)
  const text = placeName(catalogue, id)
  return {
    page: { name: 'region', region: id },
    text,
    note: [...new Set([...(text.endsWith(name) ? [] : [name]), city, where])].join(' · '),
    names: [code, name, text, city, ...aliases],
    more: [where, id],
    order: 1,
  }
}

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '')
