import { type Incident, statusOfIncident } from './incident.ts'
import { descending, firstOf } from './order.ts'
import type { RegionId } from './primitives.ts'
import type { Region, RegionService } from './region.ts'
import type { ServiceId } from './service.ts'
import { type Component, type Status, severity, worst } from './status.ts'
import { foldAccents } from './text.ts'

/** What is said of one region. */
export type RegionReport = {
  /** Its services in trouble, worst first, each under one name. */
  services: RegionService[]
  /** The worst that is said of the region as a whole; null where only services are named. */
  whole: Status | null
}

/**
 * Gathers what incidents and components say of a region. They speak of the region as a whole where an incident is
 * global or names no service, or where a name is that of the region itself ('FRA1', 'Germany Central (Frankfurt)').
 * A service that is named with another region ('Droplets - AMS3') is not in trouble here. Pure.
 */
export function reportOf(
  region: Region,
  incidents: readonly Incident[],
  components: readonly Component[],
  regions: ReadonlyMap<RegionId, Region>,
  serviceOf: ServiceOf = () => null,
): RegionReport {
  const services = new Map<string, RegionService>()
  const wholes: Status[] = []
  const add = ({ service: name, id }: NamedService, status: Status, zones: readonly string[]): void => {
    const key = id ?? foldAccents(name)
    const known = services.get(key)
    const all = [...new Set([...(known?.zones ?? []), ...zones])].sort().slice(0, MAX_ZONES)
    services.set(key, {
      service: known?.service ?? name.slice(0, 120),
      ...(id !== null && { id }),
      status: worst([known?.status ?? 'operational', status]),
      ...(all.length > 0 && { zones: all }),
    })
  }
  for (const incident of incidents) {
    const status = statusOfIncident(incident)
    if (severity[status] <= 0) continue
    const parts = partsHere(incident, incident.services, region, regions, serviceOf)
    const named = parts.filter(isOfService)
    if (incident.scope === 'global' || named.length === 0 || parts.some(({ service }) => service === null))
      wholes.push(status)
    const zones = zonesHere(incident, region)
    for (const part of named) add(part, status, zones)
  }
  for (const component of components) {
    if (isSummary(component, components)) continue
    const [part] = partsHere(component, [component.name], region, regions, serviceOf)
    if (part === undefined || !isOfService(part)) wholes.push(component.status)
    else add(part, component.status, [])
  }
  return { services: [...services.values()].sort(worstFirst), whole: wholes.length === 0 ? null : worst(wholes) }
}

/** The service of the catalogue that a provider calls so; null where it has none. */
export type ServiceOf = (provider: string, name: string) => ServiceId | null

type NamedService = { service: string; id: ServiceId | null }
type KnownPart = NamePart & { id: ServiceId | null }

const isOfService = (part: KnownPart): part is KnownPart & NamedService => !!part.service

/** A reader that makes a component of the parts below it names them after it: `eu-frankfurt-1`, `eu-frankfurt-1.vpn`. */
const isSummary = ({ id }: Component, components: readonly Component[]): boolean =>
  components.some(part => part.id.startsWith(`${id}.`))

const worstFirst = firstOf<RegionService>(
  descending(({ status }) => severity[status]),
  (a, b) => (a.service < b.service ? -1 : Number(a.service > b.service)),
)

/** A region has at most as many, and an event is bounded. */
const MAX_ZONES = 12

/** A name, split in its service and the regions that it names; of no service it is a region's, of no region any's. */
export type NamePart = { service: string | null; regions: readonly RegionId[] | null }

const partsOf = new WeakMap<object, KnownPart[]>()

/** The parts that concern a region. Names are split and found once for each record: one record may name forty regions. */
function partsHere(
  record: { provider: string; regions: readonly RegionId[] },
  names: readonly string[],
  region: Region,
  regions: ReadonlyMap<RegionId, Region>,
  serviceOf: ServiceOf,
): KnownPart[] {
  let parts = partsOf.get(record)
  if (parts === undefined) {
    const places = record.regions.flatMap(id => regions.get(id) ?? [])
    parts = names.map(name => {
      const part = splitName(name, places)
      return { ...part, id: part.service === null ? null : serviceOf(record.provider, part.service) }
    })
    partsOf.set(record, parts)
  }
  return parts.filter(part => part.regions === null || part.regions.includes(region.id))
}

/** 'Droplets - FRA1' → Droplets in fra1; 'Compute, Germany Central (Frankfurt)' → Compute; 'FRA1' → the region itself. */
export function splitName(name: string, places: readonly Region[]): NamePart {
  if (isEverything(name)) return { service: null, regions: null }
  const pieces = name.split(/(\s?[-–—|/:]\s|,\s|\s?\(|\))/)
  const found = pieces.map((piece, at) => (at % 2 === 0 ? placesNamed(piece, places) : []))
  const isService = (piece: string, at: number): boolean =>
    at % 2 === 0 && found[at]?.length === 0 && wordsIn(piece).some(word => !fillers.has(word))
  const first = pieces.findIndex(isService)
  const last = pieces.findLastIndex(isService)
  const named = found.flatMap((ids, at) => (first < at && at < last ? [] : ids))
  const ids = named.length === 0 ? null : [...new Set(named)]
  if (first < 0) return { service: null, regions: ids }
  if (ids === null) return { service: name, regions: null }
  const closing = first < last && pieces[last + 1] === ')' && pieces[last - 1]?.endsWith('(') ? ')' : ''
  return {
    service:
      pieces
        .slice(first, last + 1)
        .join('')
        .trim() + closing,
    regions: ids,
  }
}

/** Whether a name stands for all of a provider's services: 'Multiple services'. */
export const isEverything = (name: string): boolean => everything.has(foldAccents(name).trim())

const everything: ReadonlySet<string> = new Set(
  'all services,all products,all systems,multiple services,multipleservices,multiple products,multiple'.split(','),
)

/** The regions whose own words are all that the piece says. */
function placesNamed(piece: string, places: readonly Region[]): RegionId[] {
  const words = wordsIn(piece).filter(word => !fillers.has(word))
  if (words.length === 0) return []
  return places.filter(place => words.every(word => wordsOf(place).has(word))).map(({ id }) => id)
}

const fillers: ReadonlySet<string> = new Set(
  'region,regions,datacenter,datacentre,datacenters,data,center,centre,dc,location,site,the,and,all'.split(','),
)

const wordsOfRegions = new WeakMap<Region, ReadonlySet<string>>()
const countryName = new Intl.DisplayNames(['en'], { type: 'region' })

/** 'germany', 'central', 'frankfurt', 'eu', '1' */
function wordsOf(region: Region): ReadonlySet<string> {
  let words = wordsOfRegions.get(region)
  if (words === undefined) {
    const { provider, code, name, aliases, city, country } = region
    const place = [provider, code, name, ...aliases, city, country, countryName.of(country) ?? '']
    words = new Set(place.flatMap(wordsIn))
    wordsOfRegions.set(region, words)
  }
  return words
}

const wordsIn = (text: string): string[] => foldAccents(text).match(/[\p{L}\p{N}]+/gu) ?? []

/** The zones of an incident that are in this region. Where it names one region only, all are. */
function zonesHere({ zones = [], regions }: Incident, region: Region): string[] {
  if (regions.length === 1) return zones
  const prefixes = [region.code, awsZonePrefix(region)].filter(prefix => prefix !== null)
  return zones.filter(zone =>
    prefixes.some(prefix => zone.startsWith(prefix) && /^-?[a-z]{0,2}\d{0,2}$/.test(zone.slice(prefix.length))),
  )
}

/**
 * `us-east-1` → `use1`, `ap-southeast-2` → `apse2`: the country, the initials of the direction, the number. Null for
 * regions of others.
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
export function awsZonePrefix({ provider, code }: Pick<Region, 'provider' | 'code'>): string | null {
  const [, area, gov = '', direction, number] = /^([a-z]{2})-(gov-)?([a-z]+)-(\d)$/.exec(code) ?? []
  if (provider !== 'aws' || area === undefined || direction === undefined) return null
  const initials = direction
    .replace(/^(north|south)(east|west)$/, '$1 $2')
    .split(' ')
    .map(word => word.slice(0, 1))
  return `${area}${gov && 'g'}${initials.join('')}${number}`
}
