import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import { awsZonePrefix } from '../../shared/domain/region-report.ts'
import { foldAccents } from '../../shared/domain/text.ts'

/**
 * A phrase that may name a region, and how far it can be trusted:
 * - `code` and `name` are the provider's own and always count;
 * - `title` is a name that geography uses as well ('West Europe'): it counts with its capitals;
 * - `place` is a city or country, often mentioned for other reasons: it counts only as a label;
 * - `airport` is a short code that is a word as well ('man'): it counts as a label and in capitals;
 * - `everywhere` means all regions; `global` and `globally` also begin other things ('Global Accelerator').
 * Without a region, several regions share the phrase. It then names none, and neither do the shorter phrases in it.
 */
export type Phrase = {
  kind: RegionKind | 'everywhere' | 'globally' | 'global'
  region: RegionId | null
  /** What may follow a code after a hyphen to name a zone of the region. */
  zone: RegExp | null
  /** The phrase is the name of a zone. */
  zoneName?: string
}
type RegionKind = 'code' | 'name' | 'title' | 'place' | 'airport'

/** All phrases of one provider's regions. */
export function phrasesOf(regions: readonly Region[]): Map<string, Phrase> {
  const phrases = new Map<string, Phrase>(globalPhrases)
  const zone = zoneOf(regions)
  const add = (text: string, kind: RegionKind, region: Region): void => {
    const key = foldAccents(text).trim()
    const known = phrases.get(key)
    if (key === '' || (known !== undefined && trust[known.kind] > trust[kind])) return
    const shared = known !== undefined && trust[known.kind] === trust[kind] && known.region !== region.id
    phrases.set(key, { kind, region: shared ? null : region.id, zone: kind === 'code' ? zone : null })
  }
  for (const region of regions) {
    add(region.code, isWordLike(region.code) ? 'airport' : 'code', region)
    for (const name of zoneNames(region))
      phrases.set(name, { kind: 'code', region: region.id, zone: null, zoneName: name })
    for (const name of [region.name, ...region.aliases, region.city]) {
      const kind = kindOf(name, region.code)
      if (kind === 'title' || kind === 'name') for (const spelling of spellingsOf(name)) add(spelling, kind, region)
      else if (!isDirection(name)) add(name, kind, region)
      // 'N. Virginia' is the provider's; in full it is a part of a state as well.
      if (name.startsWith('N. ')) add(name.replace('N.', 'Northern'), 'place', region)
    }
  }
  return phrases
}

/**
 * The codes and full names of all providers. Those that several have name no region, and neither do those that could be
 * other words.
 */
export function uniquePhrases(providers: readonly (readonly Region[])[]): [string, Phrase][] {
  const all = new Map<string, Phrase>()
  const providerOfCode = new Map(providers.flatMap(regions => regions.map(({ code, provider }) => [code, provider])))
  // Linode's region 'fr-par-2' is written like a zone of Scaleway's 'fr-par'.
  const isZoneToo = (text: string, region: string) => {
    const other = providerOfCode.get(text.replace(/-?[a-z\d]$/, ''))
    return other !== undefined && !region.startsWith(`${other}/`)
  }
  for (const regions of providers)
    for (const [text, phrase] of phrasesOf(regions)) {
      const isOwn = phrase.region !== null && (phrase.kind === 'code' ? longCode : fullName).test(text)
      all.set(
        text,
        isOwn && !all.has(text) && !isZoneToo(text, phrase.region ?? '') ? phrase : { ...phrase, region: null },
      )
    }
  return [...all].filter(([, { kind }]) => kind === 'code' || kind === 'name')
}

const longCode = /^(?:[a-z]{6,}\d?|[a-z]+-[a-z-]*[a-z]-?\d.*)$/
const fullName = /\(|^(?:east|west|north|south|central)\b.* us \d$/

const trust: Readonly<Record<Phrase['kind'], number>> = {
  place: 0,
  airport: 0,
  title: 1,
  name: 1,
  code: 2,
  everywhere: 3,
  globally: 3,
  global: 3,
}

const globalPhrase = (kind: 'everywhere' | 'globally' | 'global') => (text: string) =>
  [text, { kind, region: null, zone: null }] satisfies [string, Phrase]

const clouds =
  'azure,aws,google cloud,gcp,oracle cloud,oci,ibm cloud,digitalocean,linode,vultr,cloudflare,commercial,public'

const allRegions = ['', ...clouds.split(',')].flatMap(cloud => [
  ...['all', 'all our', 'all of our'].flatMap(all =>
    ['regions', 'locations', 'datacenters', 'data centers'].map(places => `${all} ${cloud} ${places}`),
  ),
  `every ${cloud} region`,
])

const everyEdge = ['all', 'all our', 'all of our'].flatMap(all =>
  ['edge locations', 'edge nodes', 'edge sites', 'points of presence', 'pops', 'colos'].map(
    places => `${all} ${places}`,
  ),
)

const globalPhrases: [string, Phrase][] = [
  ...['public non-regional', 'non-regional', ...everyEdge, ...allRegions]
    .map(text => text.replace('  ', ' '))
    .map(globalPhrase('everywhere')),
  ...['globally', 'worldwide', 'world-wide'].map(globalPhrase('globally')),
  globalPhrase('global')('global'),
]

/** Where codes end in digits, zones are letters (europe-west1-b) or az1; otherwise they are digits (us-south-1). */
const zoneOf = (regions: readonly Region[]): RegExp =>
  regions.some(({ code }) => /\d$/.test(code)) ? /^(?:[a-n]|az[1-9]|dc\d{1,2})$/ : /^[1-9]$/

/** Zones whose name is a word of its own: 'us-east-1a', and AWS's 'use1-az4'. */
function zoneNames(region: Region): string[] {
  const { code, aliases } = region
  const glued = /-\d$/.test(code)
    ? [...'abcdefgh'].map(zone => code + zone)
    : aliases.map(foldAccents).filter(isDataCentre)
  const prefix = awsZonePrefix(region)
  return prefix === null ? glued : [...glued, ...Array.from({ length: MAX_ZONES }, (_, n) => `${prefix}-az${n + 1}`)]
}

/** 'FSN1-DC14' */
const isDataCentre = (alias: string): boolean => /^[a-z]{3}\d-dc\d{1,2}$/.test(alias)

const MAX_ZONES = 8

/** Short codes of letters alone, such as `sea`, `man` and `del`, are words or airports as well. */
const isWordLike = (code: string): boolean => /^[a-z]{1,4}$/.test(code)

/**
 * 'US East (Ohio)', 'N. Virginia' and 'New York 3' can only mean a region, 'West Europe' (`westeurope`) may; 'Oregon'
 * is a state.
 */
function kindOf(name: string, code: string): 'name' | 'title' | 'place' {
  if (/[\d(]|^[A-Z]\. /.test(name)) return 'name'
  return !isWordLike(code) && foldAccents(name).replace(/[^a-z\d]/g, '') === code.replaceAll('-', '')
    ? 'title'
    : 'place'
}

/**
 * 'Southeast Asia' is also written 'South East Asia' and 'southeast-asia', 'East US 2' also 'East US2' and 'eastus 2'.
 */
function spellingsOf(name: string): string[] {
  const words = foldAccents(name)
  const apart = words.replace(/\b(north|south)(east|west)\b/g, '$1 $2')
  const hyphened = [words, apart, apart.replace(/\b(north|south) (east|west)\b/g, '$1-$2')]
  const numbered = /^(.+) (\d)$/.exec(words)
  const glued = numbered ? [`${numbered[1]}${numbered[2]}`, `${numbered[1]?.replaceAll(' ', '')} ${numbered[2]}`] : []
  return [...new Set([...hyphened, ...glued, /^[a-z\d ]+$/.test(words) ? words.replaceAll(' ', '-') : words])]
}

/** 'Central' and 'US-East' are parts of several names. */
const isDirection = (place: string): boolean =>
  foldAccents(place)
    .split(/[\s-]+/)
    .every(word => directions.has(word))

const directions = new Set(
  'us eu uk asia europe america north south east west central northeast northwest southeast southwest'.split(' '),
)
