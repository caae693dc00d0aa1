import { z } from 'zod'
import { Country, Instant, RecordId, RegionId, Slug, text, WebUrl } from './primitives.ts'
import { ServiceId } from './service.ts'
import { Status, severity } from './status.ts'

/** A figure that a provider publishes about itself. */
export const PublishedFigure = z.object({
  label: text(80),
  value: text(40),
  source: WebUrl,
  /** The day of reading, `YYYY-MM-DD`. */
  date: z.iso.date(),
})

export const Provider = z.object({
  id: Slug,
  name: text(80),
  home: WebUrl,
  statusPage: WebUrl,
  figures: z.array(PublishedFigure),
})
export type Provider = z.infer<typeof Provider>

export const Region = z.object({
  id: RegionId,
  provider: Slug,
  code: z.string().regex(/^[a-z0-9-]{1,64}$/),
  name: text(80),
  /** Other names in the provider's notices; unique within the provider. */
  aliases: z.array(text(80)),
  city: text(80),
  country: Country,
  continent: text(40),
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  /** Number of availability zones; null if the provider does not say. */
  zones: z.number().int().min(1).max(12).nullable(),
  opened: z.number().int().min(2004).max(2040).nullable(),
  state: z.enum(['open', 'announced', 'closing']),
  pair: RegionId.nullable(),
  /** Where the provider commits to keep data: a country code or `EU`. Null without a commitment that has a source. */
  residency: text(40).nullable(),
  /** Whether the provider opens it only on request, such as for disaster recovery within a country. */
  restricted: z.boolean().default(false),
  timezone: text(60),
  /** Share of carbon-free energy as the provider publishes it, 0 to 1. Never the grid's, which `RegionFacts` has. */
  carbonFree: z.number().min(0).max(1).nullable(),
})
export type Region = z.infer<typeof Region>

/** A region as people say it, without its provider: `West Europe`, `eu-west-1`. */
export function spokenName({ code, name }: Pick<Region, 'code' | 'name'>): string {
  // a name that only makes the code readable (Azure) reads better; elsewhere engineers say the code
  return name.toLowerCase().replace(/[^a-z0-9]/g, '') === code ? name : code
}

const Carbon = z.object({
  /** gCO2e per kWh. */
  intensity: z.number().min(0).max(2000),
  /** 0 to 1. */
  carbonFree: z.number().min(0).max(1),
  /** The figures are of this whole year. */
  year: z.number().int().min(2015).max(2040),
})

/** What the provider publishes of a region's electricity. It may count what the provider has bought elsewhere. */
export const PublishedCarbon = Carbon
export type PublishedCarbon = z.infer<typeof PublishedCarbon>

/** The public grid that a region stands in. */
export const GridCarbon = z.object({
  ...Carbon.shape,
  /** A zone of Electricity Maps: `US-MIDA-PJM`, `DE`. */
  zone: z.string().regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,5}){0,2}$/),
  /**
   * How the zone is known: listed for this region, the zone of the nearest listed data centre, of the metro area, or
   * only of the country.
   */
  match: z.enum(['listed', 'nearest', 'metro', 'country']),
})
export type GridCarbon = z.infer<typeof GridCarbon>

export const claimKinds = [
  'residency',
  'restricted',
  'government',
  'sovereign',
  'operator',
  'eu-boundary',
  'fedramp',
] as const

/** A statement about a region that holds only with its source. */
export const Claim = z.object({
  claim: z.enum(claimKinds),
  value: text(60).min(1),
  source: WebUrl,
  /** The day of the source, `YYYY-MM-DD`. */
  date: z.iso.date(),
})
export type Claim = z.infer<typeof Claim>

/** Facts of a region that only its page and the lists show; live state is sent without them. */
export const RegionFacts = z.object({
  grid: GridCarbon.nullable(),
  published: PublishedCarbon.nullable(),
  claims: z.array(Claim),
})
export type RegionFacts = z.infer<typeof RegionFacts>
/** So many of a region's services in trouble are listed, so that its event stays small. */
export const MAX_LISTED_SERVICES = 100

/** A service in trouble in a region. */
export const RegionService = z.object({
  service: text(120),
  /** Where the catalogue knows the name. */
  id: ServiceId.optional(),
  status: Status,
  /** The zones of the region that its incidents name. A hint, never a bound. */
  zones: z.array(text(60)).optional(),
})
export type RegionService = z.infer<typeof RegionService>

/** Made by `rollUp` only. */
export const RegionStatus = z.object({
  region: RegionId,
  /** By impact and breadth: see `statusByBreadth`. */
  status: Status,
  since: Instant.nullable(),
  /** Active incidents of the region, worst first. */
  incidents: z.array(RecordId),
  /** In trouble, worst first, at most `MAX_LISTED_SERVICES`. Earlier builds stored names: the next roll-up has them. */
  services: z.array(RegionService).catch([]),
  /** How many services are in trouble, listed or not. */
  serviceCount: z.number().int().nonnegative().default(0),
  /** What the provider says of the region as a whole; null where it names only services. */
  whole: Status.nullable().default(null),
  freshness: z.enum(['live', 'stale']),
  /** The last status before it became stale; null while it is live or was never known. */
  lastKnown: z.object({ status: Status, since: Instant.nullable(), at: Instant }).nullable(),
})
export type RegionStatus = z.infer<typeof RegionStatus>

/** The services of the catalogue that are in trouble in a region. */
export const servicesIn = ({ services }: Pick<RegionStatus, 'services'>): ServiceId[] => [
  ...new Set(services.flatMap(({ id }) => id ?? [])),
]

/**
 * The number of services to which a region's status is limited: those that are as bad, or worse. 0 where all of the
 * region is in it, or none. Where more are as bad than are listed, all that are in trouble count.
 */
export function limitedTo({ status, whole, services, serviceCount }: RegionStatus): number {
  if (severity[status] <= severity[whole ?? 'operational']) return 0
  const listed = services.filter(service => severity[service.status] >= severity[status]).length
  return listed === services.length ? serviceCount : listed
}

/** `cloudflare/AMS` */
export const PopId = z.string().regex(/^[a-z0-9-]{1,64}\/[A-Z]{3}$/)
export type PopId = z.infer<typeof PopId>

/** An edge location (point of presence). Providers name it after the nearest airport. */
export const Pop = z.object({
  id: PopId,
  provider: Slug,
  /** IATA code. @see https://www.iata.org/en/publications/directories/code-search/ */
  iata: z.string().regex(/^[A-Z]{3}$/),
  city: text(80).min(1),
  country: Country,
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
})
export type Pop = z.infer<typeof Pop>

/** A share of 0 to 1 → whole percent, rounded down, without the error of binary fractions: 0.57 → 57, 0.999 → 99. */
export const wholePercent = (share: number): number => Math.floor(Number((share * 100).toFixed(6)))
