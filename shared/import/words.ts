import { groupBy } from '../domain/order.ts'
import type { Region } from '../domain/region.ts'
import { parseUse } from '../domain/stack.ts'
import { foldAccents } from '../domain/text.ts'
import {
  type Finding,
  type Findings,
  type Knowledge,
  type ServiceWords,
  type VendorWords,
  vendorUse,
} from './finding.ts'
import { nowhere } from './places.ts'

/**
 * A list of words, one thing a line: 'GH Actions', 'lambda frankfurt', 'stripe.com'. Null for a text in which less than
 * a quarter of the lines is understood: it is something else.
 */
export function readWordList(text: string, { readWords }: Pick<Knowledge, 'readWords'>): Findings | null {
  const findings: Findings = { found: [], notUnderstood: [] }
  const lines = text.split(/\r?\n/)
  if (lines.length > MAX_LINES) return null
  let understood = 0
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue
    const found = readWords(line)
    findings.found.push(...found)
    if (found.length > 0) understood++
    else findings.notUnderstood.push({ kind: 'line', what: `${at + 1}`, count: 1 })
  }
  return understood > 0 && understood * 4 >= understood + findings.notUnderstood.length ? findings : null
}

const MAX_LINES = 5000
const MAX_LINE_CHARACTERS = 200
const MAX_WORDS = 16

/** What a phrase may stand for. */
type Meaning =
  | { kind: 'cloud'; provider: string }
  | { kind: 'service'; provider: string; service: string; isName: boolean; isTakenOver: boolean }
  | { kind: 'region'; provider: string; region: string }
  | { kind: 'vendor'; vendor: VendorWords }

/**
 * Makes the function from a line to what it names. A line that also says other things is not understood: more than half
 * of its words must be known. A service that several clouds call the same needs a second word; so does a region, unless
 * only one of the three clouds that most teams use has it.
 */
export function wordReader(
  regions: ReadonlyMap<string, Region>,
  services: ReadonlyMap<string, ServiceWords>,
  vendors: ReadonlyMap<string, VendorWords>,
): Knowledge['readWords'] {
  const meanings = meaningsOf(regions, services, vendors)
  return line => {
    if (line.length > MAX_LINE_CHARACTERS) return []
    const written = readUse(line, regions, services, vendors)
    if (written !== null) return written
    const words = wordsOf(line).filter(word => !fillers.has(word))
    if (words.length === 0 || words.length > MAX_WORDS) return []
    const named: Meaning[][] = []
    const others: string[] = []
    for (let at = 0; at < words.length; ) {
      const length = longestPhrase(words, at, meanings)
      if (length === 0) others.push(words[at] ?? '')
      else named.push(meanings.get(words.slice(at, at + length).join(' ')) ?? [])
      at += Math.max(length, 1)
    }
    // 'aws/lamda' is no word for all of AWS.
    const isOnlyCloud = named.flat().every(({ kind }) => kind === 'cloud')
    return others.length * 2 > words.length || (isOnlyCloud && others.length > 0) ? [] : findingsIn(named, words)
  }
}

/** A use as we write it: a list that was imported once can be imported again. */
function readUse(
  line: string,
  regions: ReadonlyMap<string, Region>,
  services: ReadonlyMap<string, ServiceWords>,
  vendors: ReadonlyMap<string, VendorWords>,
): Finding[] | null {
  const [said = ''] = line.split(' #', 1)
  const parsed = parseUse(said.replace(/^[\s*-]{1,8}/, ''), regions)
  if (!parsed.ok) return null
  const use = parsed.value
  if (use.kind === 'region') return [{ use, count: 1 }]
  // Parts are a team's own words, and no fact that is known: they are taken from nothing but our own form.
  if (use.kind === 'vendor')
    return vendors.has(use.vendor) && use.parts.length + use.sites.length > 0 ? [{ use, count: 1 }] : null
  if (use.kind !== 'service' || !services.has(use.service)) return null
  return [{ use, count: 1 }]
}

const longestPhrase = (words: readonly string[], from: number, meanings: ReadonlyMap<string, Meaning[]>): number => {
  for (let length = Math.min(MAX_PHRASE, words.length - from); length > 0; length--)
    if (meanings.has(words.slice(from, from + length).join(' '))) return length
  return 0
}

const MAX_PHRASE = 8

function findingsIn(named: readonly Meaning[][], words: readonly string[]): Finding[] {
  const all = named.flat()
  const clouds = new Set(all.flatMap(one => (one.kind === 'cloud' ? [one.provider] : [])))
  const isOfCloud = ({ provider }: { provider: string }): boolean => clouds.size === 0 || clouds.has(provider)
  const ofKind = <K extends 'service' | 'region'>(meanings: readonly Meaning[], kind: K) =>
    meanings.filter((one): one is Extract<Meaning, { kind: K }> => one.kind === kind).filter(isOfCloud)
  const places = named.map(meanings => ofKind(meanings, 'region')).filter(one => one.length > 0)
  const found = new Map<string, Finding>()
  const add = (finding: Finding): unknown => found.set(JSON.stringify(finding), finding)
  // 'OpenAI API' is no service of a cloud whose name for one is API.
  const isOfVendor = clouds.size === 0 && all.some(({ kind }) => kind === 'vendor')
  let isPlaced = false
  for (const meanings of named) {
    const vendor = meanings.find(one => one.kind === 'vendor')?.vendor
    const ofPlace = ofKind(meanings, 'service').filter(
      ({ provider }) => places.length === 0 || places.some(one => one.some(place => place.provider === provider)),
    )
    // Within a cloud its name for a service goes before what else it is called.
    const likely = ofPlace.filter(
      one => one.isName || !ofPlace.some(other => other.isName && other.provider === one.provider),
    )
    const own = likely.filter(({ isTakenOver }) => !isTakenOver)
    const [one, ...others] = own.length > 0 ? own : likely
    const isMeant = one !== undefined && others.length === 0 && (!isOfVendor || bigClouds.has(one.provider))
    const service = isMeant ? one : null
    if (vendor !== undefined && (clouds.size === 0 || service === null)) {
      const isSaid = (name: string): boolean => wordsOf(name).every(word => words.includes(word))
      const isSiteSaid = (site: string): boolean => isSaid(site.replace(/^(?:aws|azure|google)-/, ''))
      const [sites, parts] = [vendor.sites.filter(isSiteSaid), (partsInWords.get(vendor.id) ?? []).filter(isSaid)]
      isPlaced ||= clouds.size === 0 || sites.length > 0
      add({ use: vendorUse(vendor.id, sites, parts), count: 1 })
    } else if (service !== null) {
      const here = places.flatMap(one => one.filter(place => place.provider === service.provider))
      isPlaced ||= here.length > 0
      for (const region of here.length > 0 ? here.map(one => one.region) : [null])
        add({ service: service.service, ...nowhere, region, count: 1 })
    }
  }
  if (!isPlaced)
    for (const one of places) {
      const place = onlyOne(one)
      if (place !== null) add({ use: { kind: 'region', region: place.region }, count: 1 })
    }
  // A cloud alone: all of it, as a vendor.
  if (found.size === 0) for (const cloud of clouds) add({ use: vendorUse(cloud), count: 1 })
  return [...found.values()]
}

/** Components that people name together with their vendor: 'GH Actions'. */
const partsInWords: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    github: [
      'Actions',
      'Codespaces',
      'Copilot',
      'Git Operations',
      'Issues',
      'Packages',
      'Pages',
      'Pull Requests',
      'Webhooks',
    ],
  }),
)

/** The only meaning, or the only one in a cloud that most teams use; null where it may be several. */
function onlyOne<T extends { provider: string }>(meanings: readonly T[]): T | null {
  const likely = meanings.length === 1 ? meanings : meanings.filter(({ provider }) => bigClouds.has(provider))
  return likely.length === 1 ? (likely[0] ?? null) : null
}

/** Abbreviations that AWS made, and others took over. */
const namesOfAws: ReadonlySet<string> = new Set(['ecs', 'rds', 'sns', 'sqs'])

const bigClouds: ReadonlySet<string> = new Set(['aws', 'azure', 'google'])

function meaningsOf(
  regions: ReadonlyMap<string, Region>,
  services: ReadonlyMap<string, ServiceWords>,
  vendors: ReadonlyMap<string, VendorWords>,
): ReadonlyMap<string, Meaning[]> {
  const meanings: { phrase: string; meaning: Meaning }[] = []
  const add = (words: Iterable<string>, meaning: Meaning): void => {
    for (const phrase of new Set([...words].map(word => wordsOf(word).join(' '))))
      if (phrase !== '') meanings.push({ phrase, meaning })
  }
  const clouds = new Set([...regions.values()].map(({ provider }) => provider))
  for (const { id, provider, code, name, aliases, city } of regions.values())
    add([code, name, city, ...aliases], { kind: 'region', provider, region: id })
  for (const { id, name, aliases } of services.values()) {
    const [provider = '', slug = ''] = id.split('/')
    const short = name.replace(/^(?:Amazon|AWS|Azure|Google Cloud|Google|OCI|IBM) /, '')
    const isTakenOver = provider !== 'aws' && [slug, ...aliases].some(word => namesOfAws.has(word.toLowerCase()))
    add([name, short, slug], { kind: 'service', provider, service: id, isName: true, isTakenOver })
    add(aliases, { kind: 'service', provider, service: id, isName: false, isTakenOver })
  }
  const serviceNames = new Set(meanings.flatMap(({ phrase, meaning }) => (meaning.kind === 'service' ? [phrase] : [])))
  for (const vendor of vendors.values()) {
    const { id, name, aliases, domains } = vendor
    if (!clouds.has(id)) add([id, name, ...aliases, ...domains], { kind: 'vendor', vendor })
    // The names of a cloud's services among its own stand for those.
    else {
      const own = [id, name, ...aliases, ...domains].filter(word => !serviceNames.has(wordsOf(word).join(' ')))
      add(own, { kind: 'cloud', provider: id })
    }
  }
  const grouped = groupBy(meanings, ({ phrase }) => phrase)
  return new Map([...grouped].map(([phrase, all]) => [phrase, all.map(({ meaning }) => meaning)]))
}

/** Words in small letters without accents, the s of a plural and fillers: what is written one way is found another. */
function wordsOf(text: string): string[] {
  const words = foldAccents(text).match(/[\p{L}\p{N}]{1,60}/gu) ?? []
  const telling = words.filter(word => !fillers.has(word))
  return (telling.length > 0 ? telling : words).map(word =>
    /^[a-z]{2,59}[^s]s$/.test(word) ? word.slice(0, -1) : word,
  )
}

const fillers: ReadonlySet<string> = new Set(
  'a,and,at,com,for,https,in,of,on,our,region,run,runs,the,use,we,with,www'.split(','),
)
