import { z } from 'zod'
import type { RegionId } from '../domain/primitives.ts'
import type { Region } from '../domain/region.ts'
import { regionOfZone } from '../domain/stack.ts'
import { foldAccents } from '../domain/text.ts'

/** Where a resource is. */
export type Place = {
  region: RegionId | null
  /** By the name that the provider's messages use; null where the file says none, or one that only this account has. */
  zone: string | null
  /** It is in a zone that messages name otherwise. */
  isZoneUnclear: boolean
  /** It is said to be in a region that the catalogue does not have. */
  isUnknown: boolean
}

export const nowhere: Place = { region: null, zone: null, isZoneUnclear: false, isUnknown: false }

const Text = z.string().max(2048).optional().catch(undefined)

/** All that is read of a resource's attributes, by their names in Terraform. Whatever else stands there is dropped. */
export const Attributes = z
  .object({
    region: Text,
    location: Text,
    zone: Text,
    availability_zone: Text,
    availability_zone_id: Text,
    availability_domain: Text,
    zone_id: Text,
    datacenter: Text,
    bucket_region: Text,
    arn: Text,
    crn: Text,
    self_link: Text,
    url: Text,
    id: Text,
    kind: Text,
    engine: Text,
    sku_name: Text,
    type: Text,
  })
  .catch({})
export type Attributes = z.infer<typeof Attributes>

/** The same of attributes that are written like `availabilityZone` or `AvailabilityZone`. */
export function attributesOf(value: unknown): Attributes {
  const record = z.record(z.string(), z.unknown()).safeParse(value)
  if (!record.success) return {}
  const snake = (key: string): string => key.replace(/(?<=[a-z])[A-Z]/g, capital => `_${capital}`).toLowerCase()
  return Attributes.parse(Object.fromEntries(Object.entries(record.data).map(([key, one]) => [snake(key), one])))
}

export type Places = {
  /** A region or zone in a provider's, Terraform's or people's words; null for what is none of this provider's. */
  named: (provider: string, written: string) => Place | null
  /** Where attributes say that a resource is. */
  of: (provider: string, attributes: Attributes) => Place
}

/** @param regions every region, by its id */
export function createPlaces(regions: ReadonlyMap<RegionId, Region>): Places {
  const names = new Map<string, RegionId>()
  for (const { id, provider, name, aliases } of regions.values())
    for (const word of [name, ...aliases]) names.set(`${provider} ${foldAccents(word)}`, id)
  const known = new Map<string, Place | null>()

  function named(provider: string, written: string): Place | null {
    if (written === '' || written.length > 100) return null
    const key = `${provider} ${written}`
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.size >= MAX_REMEMBERED) known.clear()
    const found = find(provider, foldAccents(written).trim())
    known.set(key, found)
    return found
  }

  function find(provider: string, word: string): Place | null {
    for (const code of codesIn(provider, word)) {
      const region = regions.get(`${provider}/${code}`)?.id ?? names.get(`${provider} ${code}`)
      if (region !== undefined) return { ...nowhere, region, isZoneUnclear: /-ad-\d$/.test(word) }
    }
    const region = regionOfZone(provider, word, regions.values())
    if (region === null) return null
    const isShared = sharedZones.get(provider)?.test(word) ?? false
    return { ...nowhere, region, zone: isShared ? word : null, isZoneUnclear: !isShared }
  }

  function of(provider: string, attributes: Attributes): Place {
    const found = placesIn(attributes).flatMap(written => named(provider, written ?? '') ?? [])
    const region = found[0]?.region ?? null
    const zone = found.find(place => place.region === region && place.zone !== null)?.zone ?? null
    const isZoneUnclear = zone === null && found.some(place => place.isZoneUnclear)
    const { region: said, zone: zoned, availability_zone, location } = attributes
    const claims = [said, zoned, availability_zone, provider === 'aws' ? undefined : location]
    const isUnknown = region === null && claims.some(claim => claim && !acrossRegions.test(claim))
    return { region, zone, isZoneUnclear, isUnknown }
  }

  return { named, of }
}

const MAX_REMEMBERED = 10_000

/** Where a resource may say its place, the surest first. What is no place of its provider is passed over. */
function placesIn(attributes: Attributes): (string | undefined)[] {
  const { arn, crn, id, self_link, url } = attributes
  const partOf = (text: string | undefined, separator: string, at: number) => text?.split(separator, at + 1)[at]
  return [
    attributes.availability_zone_id,
    attributes.zone,
    attributes.region,
    attributes.location,
    attributes.availability_zone,
    attributes.zone_id,
    attributes.availability_domain,
    attributes.datacenter,
    attributes.bucket_region,
    partOf(arn, ':', 3),
    partOf(crn, ':', 5),
    id?.startsWith('arn:') ? partOf(id, ':', 3) : undefined,
    id?.startsWith('ocid1.') ? partOf(id, '.', 3) : undefined,
    ...[self_link, id].map(path => path?.match(/\/(?:zones|regions|locations)\/([a-z0-9-]{2,40})(?:\/|$)/)?.[1]),
    ...[url, id].map(link => link?.match(/^https:\/\/\w{1,30}\.([a-z]{2}(?:-[a-z]{2,12}){1,2}-\d)\./)?.[1]),
  ]
}

/** The codes of regions that a word may stand for. */
function codesIn(provider: string, word: string): string[] {
  const codes = [word, word.replace(/[\s()]/g, '')]
  const cut = (pattern: RegExp): void => {
    const code = pattern.exec(word)?.[1]
    if (code !== undefined) codes.push(code)
  }
  // A local or Wavelength zone: us-west-2-lax-1a, us-east-1-wl1-bos-wlz-1.
  if (provider === 'aws') cut(/^([a-z]{2}(?:-[a-z]{3,12}){1,2}-\d)-(?:wl\d-)?[a-z]{3}-/)
  if (provider === 'hetzner') cut(/^([a-z0-9]{2,8})-dc\d{1,3}$/)
  // GRA11; EU-WEST-PAR
  if (provider === 'ovh') cut(/^(?:[a-z]{2}-[a-z]{4,9}-)?([a-z]{3})\d{0,2}$/)
  if (provider === 'oracle') {
    // Uocm:US-ASHBURN-AD-1
    const domain = /^(?:[a-z0-9]{4}:)?([a-z-]{3,30})-ad-\d$/.exec(word)?.[1] ?? word
    codes.push(`${domain}-1`, oracleKeys.get(domain) ?? '')
  }
  return codes
}

/** The two oldest regions by the keys that their identifiers hold. */
const oracleKeys: ReadonlyMap<string, string> = new Map(Object.entries({ iad: 'us-ashburn-1', phx: 'us-phoenix-1' }))

/**
 * Zones that are the same place for everybody, as the provider's messages name them. A letter of AWS and a number of
 * Azure are not: each account has its own. @see https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html
 */
const sharedZones: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({ aws: /-az\d{1,2}$/, azure: /-az\d{1,2}$/, google: /-[a-z]$/, scaleway: /-\d$/, alibaba: /[a-z]$/ }),
)

const acrossRegions = /^(?:global|us|eu|asia|nam\d{1,2}|eur\d{1,2}|asia\d{1,2})$/i
