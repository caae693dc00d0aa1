import { z } from 'zod'
import type { OfficeSettings } from '../../shared/domain/notice.ts'
import { EndpointUrl, ok, RegionId, type Result, Slug } from '../../shared/domain/primitives.ts'
import { SourceKind, type WireFormat } from '../../shared/domain/source.ts'
import { inWords, oneOf, readYaml, strict } from '../../shared/yaml/yaml-file.ts'
import type { PrivateReach } from '../http/reach.ts'
import { Expect, type KindFields, kindFields, suggestion } from '../probes/probe-config.ts'
import { durationIn } from './duration.ts'
import { checkMap, type InboundFields, inboundFields, isInboundLine } from './inbound-config.ts'

import type { Known } from './known-names.ts'
import { isByName, namedSource, type Vendors } from './named-source.ts'
import { notifyIn, type PlacedNotify, placeNotify } from './notify-config.ts'
import { Private, privateOf } from './private-config.ts'
import { type PlacedStack, stackFields } from './stack-config.ts'
import { type Environment, type Secrets, secretDigest, secretsOf } from './url-secrets.ts'
import { Walls } from './wall-config.ts'

type Configured = {
  id: string
  name: string
  /** As written: with the names of variables, not their values. */
  url: string
  secrets?: Secrets
  /** Where the address is inside. */
  isPrivate?: PrivateReach
  provider: string
  everyMs: number
  /** True where the file gives no interval: a feed is then polled by its own rhythm. */
  isPaceFree?: true
  topics: string[]
  /** Of a feed: its provider has a status source as well, so it is no publisher. */
  isOfVendor?: true
  /** SHA-256, in hex, of the secret of its webhook. */
  webhook?: string
}

export type ReadSource = Configured & { kind: WireFormat }
export type ProbeSource = Configured & Extract<KindFields, { kind: 'probe' }>
/** Its `url` is `inbound:<format>`, as it has none. */
export type InboundSource = Configured & InboundFields
export type SourceConfig = ReadSource | ProbeSource | InboundSource

/** The content of a sources file: status sources first, then feeds, each in the file's order. */
export type SourcesFile = {
  sources: SourceConfig[]
  /** Further files to read, as paths from this file's folder, and the line that names each. */
  include: { path: string; line: number }[]
  lines: ReadonlyMap<string, number>
  mine: RegionId[]
  stacks: PlacedStack[]
  notify: PlacedNotify
  walls: OfficeSettings['walls']
  /** True where the sources are simulated; every page says so. */
  simulated: boolean
  /** True where browsers may send requests to the endpoints of probes. */
  roundTrips: boolean
}

/**
 * The text of a sources file → its sources. Pure, never throws. A failure lists every problem, one a line, as
 * `config/sources.yaml line 12: 'every: 5 minutes' is not a duration: write it like 20s, 5m or 1h`.
 */
export function parseSources(
  text: string,
  fileName: string,
  environment: Environment = {},
  known: Known = { vendors: new Map() },
): Result<SourcesFile> {
  const file = readYaml(fileName, text, fileSchema(environment, known))
  if (!file.ok) return file
  const { sources, feeds, include, mine, stacks, notify, walls, simulated, roundTrips } = file.value.value
  const { lineOf } = file.value
  return ok({
    sources: [
      ...sources.map(({ every, name, url, idAt: _, private: isPrivate, ...source }) => ({
        ...source,
        ...privateOf(isPrivate),
        ...url,
        name: name ?? nameOf(source.id),
        everyMs: every,
        topics: [],
      })),
      ...feeds.map(({ every, provider, name, url, private: isPrivate, ...feed }) => ({
        ...feed,
        ...privateOf(isPrivate),
        ...url,
        name: name ?? nameOf(feed.id),
        kind: 'feed' as const,
        provider: provider ?? feed.id,
        everyMs: every ?? FEED_EVERY_MS,
        ...(every === undefined ? { isPaceFree: true as const } : {}),
      })),
    ],
    include: include.map((path, index) => ({ path, line: lineOf(['include', index]) })),
    lines: new Map([
      ...sources.map(({ id }, index) => [id, lineOf(['sources', index])] as const),
      ...feeds.map(({ id }, index) => [id, lineOf(['feeds', index])] as const),
    ]),
    mine: [...new Set(mine.regions)],
    stacks: stacks.map(({ name, ...stack }, index) => ({
      stack: { ...stack, name: name ?? nameOf(stack.id) },
      line: lineOf(['stacks', index]),
      useLines: stack.uses.map((_, at) => lineOf(['stacks', index, 'uses', at])),
    })),
    notify: placeNotify(notify, lineOf),
    walls,
    simulated,
    roundTrips,
  })
}

const nameOf = (id: string): string =>
  id.replace(/(^|-)([a-z])/g, (_, hyphen, letter) => (hyphen ? ' ' : '') + letter.toUpperCase())

/** The interval of a status source without one, in ms. */
export const EVERY_MS = 60_000
/** The first interval of a feed without one, in ms. */
const FEED_EVERY_MS = 600_000

const Every = durationIn(500, 24 * 3_600_000, '500ms to 24h')

const addressIn = (environment: Environment) =>
  z.unknown().transform((value, context): Pick<SourceConfig, 'url' | 'secrets'> => {
    const address = EndpointUrl.safeParse(value)
    const url = address.data ?? ''
    const parsed = address.success && URL.canParse(url) ? new URL(url) : null
    if (parsed === null) context.addIssue('is not a web address: write it like https://status.example.com')
    else if (parsed.username || parsed.password) context.addIssue('carries a user or a password: leave them out')
    const secrets = secretsOf(url, environment)
    if (!secrets.ok) context.addIssue(secrets.error)
    return secrets.ok && secrets.value ? { url, secrets: secrets.value } : { url }
  })

const webhookIn = (environment: Environment) =>
  z.unknown().transform((value, context): string => {
    const digest = secretDigest(String(value), environment)
    if (!digest.ok) context.addIssue(digest.error)
    return digest.ok ? digest.value : ''
  })

const Id = inWords(Slug, 'is not an id: use up to 64 of a-z, 0-9 and inner hyphens')
const Name = inWords(z.string().trim().min(1).max(80), 'is not a name: use up to 80 characters')
const Topic = inWords(Slug, 'is not a topic: use up to 64 of a-z, 0-9 and inner hyphens')
const Region = inWords(RegionId, 'is not a region: write it like azure/westeurope')

/** A region that there is, where all are known. */
const regionIn = (regions: ReadonlySet<RegionId> | undefined) =>
  Region.superRefine((region, context) => {
    if (regions === undefined || regions.has(region)) return
    context.addIssue(`is not a region of the catalogue: ${suggestion(region, regions)}`)
  })

const StatusKind = SourceKind.exclude(['feed', 'inbound'])
const Kind = z.enum(StatusKind.options, {
  error: issue =>
    issue.input === 'feed'
      ? 'is not a kind of status: move this line under feeds'
      : `is not a known kind: use ${[...StatusKind.options, 'inbound'].join(', ')}`,
})

/** A list whose lines may all be commented out. */
const listOf = <S extends z.ZodType>(row: S) =>
  z
    .array(row)
    .nullish()
    .transform(rows => rows ?? [])

const RelativePath = inWords(
  z.string().regex(/^[^/\\\s][^\\:]{0,199}$/),
  'is not a path from here: write it like teams/network.yaml',
)

const fileSchema = (environment: Environment, known: Known) => {
  const regions = known.regions && new Set(known.regions.keys())
  const webhook = z.exactOptional(webhookIn(environment))
  const shared = { id: Id, name: Name.optional(), url: addressIn(environment), private: z.exactOptional(Private) }
  const StatusRow = strict({
    ...shared,
    kind: Kind,
    provider: Id,
    every: Every.default(EVERY_MS),
    webhook,
    region: Region.optional(),
    expect: Expect.optional(),
  }).transform(({ kind, region, expect, ...row }, context) => ({
    ...row,
    ...kindFields({ kind, url: row.url.url, region, expect }, regions, context),
    idAt: ['id'],
  }))
  const NamedRow = strict({
    use: z.string(),
    site: z.string().optional(),
    name: Name.optional(),
    every: Every.default(EVERY_MS),
    webhook,
  }).transform((line, context) => byName(line, ['use'], known.vendors, context))
  const Word = z.string().transform((use, context) => byName({ use, every: EVERY_MS }, [], known.vendors, context))
  const InboundRow = strict({ id: Id, name: Name.optional(), provider: Id, ...inboundFields(environment) }).transform(
    (row, context) => {
      checkMap(row, context)
      return { ...row, url: { url: `inbound:${row.format}` }, every: EVERY_MS, idAt: ['id'], private: undefined }
    },
  )
  const FeedRow = strict({
    ...shared,
    provider: Id.optional(),
    every: Every.optional(),
    topics: z.array(Topic).default([]),
    webhook,
  })
  return strict({
    include: listOf(RelativePath),
    sources: listOf(
      oneOf(line => {
        if (typeof line === 'string') return Word
        return isByName(line) ? NamedRow : isInboundLine(line) ? InboundRow : StatusRow
      }),
    ),
    feeds: listOf(FeedRow),
    mine: strict({ regions: z.array(regionIn(regions)) }).default({ regions: [] }),
    stacks: listOf(strict(stackFields(known))),
    notify: notifyIn(environment, known),
    walls: Walls,
    simulated: z.boolean().default(false),
    roundTrips: z.boolean().default(false),
  }).superRefine(checkUniqueIds, { when: () => true }) // beside other problems too, so that one run reports all
}

type NamedLine = { use: string; site?: string | undefined; name?: string | undefined; every: number; webhook?: string }

/** A line that names a vendor → what a line with its address says. @param idAt where the line says its id */
function byName({ use, site, name, ...line }: NamedLine, idAt: string[], vendors: Vendors, context: z.RefinementCtx) {
  const found = namedSource(use, site, vendors)
  if ('message' in found) {
    const path = idAt.length === 0 ? [] : [found.key]
    context.addIssue({ code: 'custom', path, message: found.message })
    return z.NEVER
  }
  return { ...found, ...line, name: name ?? found.name, url: { url: found.url }, idAt, private: undefined }
}

function checkUniqueIds(file: unknown, context: z.RefinementCtx): void {
  const seen = new Set<string>()
  for (const list of ['sources', 'feeds'])
    for (const [index, row] of rowsOf(file, list).entries()) {
      if (row === null) continue
      const message = row.idAt.includes('id')
        ? 'is taken already: give every source and feed an id of its own'
        : 'is listed already: leave it out'
      if (seen.has(row.id)) context.addIssue({ code: 'custom', path: [list, index, ...row.idAt], message })
      seen.add(row.id)
    }
}

/** The ids of a list that may have any other fault, and where a row says its; null where a row has none. */
function rowsOf(file: unknown, list: string): ({ id: string; idAt: string[] } | null)[] {
  const row = z.object({ id: z.string(), idAt: z.array(z.string()).default(['id']) })
  const rows = z.object({ [list]: z.array(row.nullable().catch(null)) }).safeParse(file)
  return rows.data?.[list] ?? []
}
