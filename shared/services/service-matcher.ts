import { groupBy } from '../domain/order.ts'
import { providerOf } from '../domain/primitives.ts'
import type { Region } from '../domain/region.ts'
import { isEverything, splitName } from '../domain/region-report.ts'
import type { Service, ServiceId } from '../domain/service.ts'
import { foldKey, foldName, withoutBrand } from './service-names.ts'

/** What a source says: names as it writes them, and keys such as `ec2-us-east-1` where its feed has any. */
export type Named = { names: readonly string[]; keys?: readonly string[] | undefined }

export type ServiceMatcher = {
  /** The services that are named, by rank, each once. A name that the catalogue does not know gives none. */
  all(provider: string, named: Named): ServiceId[]
  /** The service of one name, or null. */
  one(provider: string, name: string): ServiceId | null
}

/**
 * Finds the services that a provider's feeds name. A key is surer than a name. A name may have the brand before it, a
 * region beside it ('Droplets - FRA1'), an abbreviation in brackets ('Azure Kubernetes Service (AKS)'), or stand before
 * or behind a backslash ('App Service \ Web Apps'). 'Multiple services' is none. Pure.
 */
export function serviceMatcher(services: Iterable<NamedService>, regions: Iterable<Region>): ServiceMatcher {
  const byProvider = new Map(
    [...groupBy(services, ({ id }) => providerOf(id))].map(([id, own]) => [id, indexOf(id, own)]),
  )
  const places = groupBy(regions, ({ provider }) => provider)
  const codes = new Map(
    [...places].map(([provider, own]) => [provider, own.map(({ code }) => code).sort((a, b) => b.length - a.length)]),
  )

  const ofKey = (provider: string, key: string): ServiceId | undefined => {
    const keys = byProvider.get(provider)?.keys
    const whole = keys?.get(foldKey(key))
    if (keys === undefined || whole !== undefined) return whole
    const lower = key.toLowerCase()
    const code = codes.get(provider)?.find(one => lower.endsWith(`-${one}`))
    return code === undefined ? undefined : keys.get(foldKey(key.slice(0, -code.length)))
  }

  const ofName = (provider: string, name: string): ServiceId | undefined => {
    const index = byProvider.get(provider)
    if (index === undefined || isEverything(name)) return undefined
    const known = lookUp(index, provider, name)
    if (known !== undefined) return known
    const { service } = splitName(name, places.get(provider) ?? [])
    if (service === null) return undefined
    return lookUp(index, provider, service) ?? onlyOne(piecesOf(service).map(piece => lookUp(index, provider, piece)))
  }

  return {
    all(provider, { names, keys = [] }) {
      const found = [
        ...keys.map(key => ofKey(provider, key)),
        // the feeds of AWS give keys for names here and there
        ...names.map(name => ofName(provider, name) ?? ofKey(provider, name)),
      ]
      const ranks = byProvider.get(provider)?.ranks
      const rankOf = (id: ServiceId) => ranks?.get(id) ?? 0
      return [...new Set(found.filter(id => id !== undefined))].sort((a, b) => rankOf(a) - rankOf(b))
    },
    one: (provider, name) => ofName(provider, name) ?? ofKey(provider, name) ?? null,
  }
}

type NamedService = Pick<Service, 'id' | 'name' | 'aliases' | 'rank'> & { keys: readonly string[] }
type Index = { names: Map<string, ServiceId>; keys: Map<string, ServiceId>; ranks: Map<ServiceId, number> }

function indexOf(provider: string, services: readonly NamedService[]): Index {
  const names = new Map(services.flatMap(({ id, name, aliases }) => [name, ...aliases].map(one => [foldName(one), id])))
  // a shorter name that two services could have is of neither
  const shorter = groupBy(
    services.flatMap(({ id, name, aliases }) =>
      [name, ...aliases].flatMap(one => withoutBrand(provider, foldName(one)).map(short => ({ id, short }))),
    ),
    ({ short }) => short,
  )
  for (const [short, owners] of shorter) {
    const id = onlyOne(owners.map(owner => owner.id))
    if (id !== undefined && !names.has(short)) names.set(short, id)
  }
  const keys = services.flatMap(({ id, keys }) => keys.map(key => [foldKey(key), id] as const))
  return { names, keys: new Map(keys), ranks: new Map(services.map(({ id, rank }) => [id, rank])) }
}

/** The one id of a list; undefined where there are several, or none. */
function onlyOne(ids: readonly (ServiceId | undefined)[]): ServiceId | undefined {
  const known = new Set(ids.filter(id => id !== undefined))
  return known.size === 1 ? [...known][0] : undefined
}

/** By the whole name, then without the brand, then without brackets or what is behind a backslash. */
function lookUp({ names }: Index, provider: string, name: string): ServiceId | undefined {
  for (const written of [name, ...name.split('\\'), name.replace(/\([^()]*\)/g, ' '), inBrackets(name)]) {
    const folded = foldName(written)
    const shorter = withoutBrand(provider, folded)
    const bare = shorter.at(-1) ?? folded
    const forms = [folded, ...shorter, ...(bare.startsWith('cloud ') ? [bare.slice(6)] : []), inOtherNumber(bare)]
    const known = forms.find(form => names.has(form))
    if (known !== undefined) return names.get(known)
  }
  return undefined
}

/** 'block volumes' → 'block volume', and the other way round. */
const inOtherNumber = (name: string): string => (name.endsWith('s') ? name.slice(0, -1) : `${name}s`)

const inBrackets = (name: string): string => /\(([^()]{1,60})\)/.exec(name)?.[1] ?? ''

const piecesOf = (name: string): string[] => name.split(/\s?[-–—|/:>]\s|,\s/)
