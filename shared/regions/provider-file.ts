import { z } from 'zod'
import { Country } from '../domain/primitives.ts'
import { Provider, PublishedFigure, Region } from '../domain/region.ts'
import { inWords, strict } from '../yaml/yaml-file.ts'

const Code = inWords(Region.shape.code, 'is not a region code: use a-z, 0-9 and -')
const Name = Region.shape.name.min(1)

/** One line of a provider's file. What is left out is unknown. */
const RegionRow = strict({
  code: Code,
  name: Name,
  aliases: z.array(Name).default([]),
  city: Name,
  country: inWords(Country, 'is not a country: use its two capital letters in ISO 3166-1, such as NL'),
  continent: z.enum(['Africa', 'Asia', 'Europe', 'North America', 'Oceania', 'South America']),
  at: inWords(z.tuple([Region.shape.lat, Region.shape.lon]), 'is not a place: write [latitude, longitude] in degrees'),
  zones: Region.shape.zones.default(null),
  opened: Region.shape.opened.default(null),
  state: Region.shape.state,
  pair: Code.optional(),
  timezone: Region.shape.timezone.refine(isTimeZone, 'is not a time zone: use an IANA name, such as Europe/Amsterdam'),
})
type RegionRow = z.infer<typeof RegionRow>

export const ProviderFile = strict({
  provider: strict({ ...Provider.shape, figures: z.array(strict(PublishedFigure.shape)) }),
  regions: z.array(RegionRow).superRefine((rows, context) => {
    eachWordNamesOneRegion(rows, context)
    eachPairExists(rows, context)
  }),
})

/** A line → a region without the facts that stand in tables. */
export function toRegion(provider: string, { at, pair, ...row }: RegionRow): Region {
  const [lat, lon] = at
  const place = { id: `${provider}/${row.code}`, provider, lat, lon, pair: pair ? `${provider}/${pair}` : null }
  return { ...row, ...place, residency: null, restricted: false, carbonFree: null }
}

/** By name, because a lookup is slow and regions share zones. */
const isZone = new Map<string, boolean>()

function isTimeZone(name: string): boolean {
  const known = isZone.get(name) ?? isKnownToIntl(name)
  isZone.set(name, known)
  return known
}

function isKnownToIntl(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return name.includes('/')
  } catch {
    return false
  }
}

/** Texts are searched for codes, names and aliases: a word of two regions would accuse both. */
function eachWordNamesOneRegion(rows: RegionRow[], context: z.RefinementCtx): void {
  const owners = new Map<string, RegionRow>()
  for (const [index, row] of rows.entries()) {
    const words = [['code', row.code], ['name', row.name], ...row.aliases.map((alias, at) => ['aliases', alias, at])]
    for (const [key = '', word, ...at] of words) {
      const known = String(word).toLowerCase()
      const owner = owners.get(known) ?? row
      owners.set(known, owner)
      if (owner === row) continue
      const message = `also means ${owner.code}: leave out a word that two regions share`
      context.addIssue({ code: 'custom', path: [index, key, ...at], message })
    }
  }
}

function eachPairExists(rows: RegionRow[], context: z.RefinementCtx): void {
  const codes = new Set(rows.map(row => row.code))
  for (const [index, row] of rows.entries()) {
    if (row.pair === undefined || (row.pair !== row.code && codes.has(row.pair))) continue
    const message = 'is no other region of this provider: use the code of another line, or leave it out'
    context.addIssue({ code: 'custom', path: [index, 'pair'], message })
  }
}
