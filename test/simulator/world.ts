import type { StatusFormat } from '../../shared/domain/source.ts'
import type { Impact, IncidentStatus, MaintenanceStatus } from '../../shared/domain/status.ts'
import type { Fault, StepOf } from './step.ts'

/** The simulated world: the content of all sources. Plain data; only `applyStep` and `beginRound` change it. */
export type World = {
  /** Where the simulator listens, such as `http://127.0.0.1:4100`; addresses in the formats start with it. */
  origin: string
  /** Grows by one with every step that was applied. */
  revision: number
  incidents: Incident[]
  pages: readonly StatusPage[]
  feeds: Feed[]
  /** By source id; all other sources are well. */
  faults: Map<string, Fault>
  /** With pictures for articles and lists of past incidents, which cost whoever reads them. */
  isDemo: boolean
}

/** Clouds with formats of their own; all others have a status page. */
export const clouds = ['azure', 'aws', 'google', 'oracle'] as const
export type Cloud = (typeof clouds)[number]

export type Phase = IncidentStatus | MaintenanceStatus

/** An incident or a maintenance. Times are ms since the epoch. */
export type Incident = {
  /** The story's id; from the second round on with `.<round>` behind it. */
  id: string
  round: number
  kind: 'incident' | 'maintenance'
  /** A cloud, or the name of a status page. */
  on: string
  title: string
  /** Azure makes its guid of it, and keeps that when the title changes. */
  firstTitle: string
  phase: Phase
  impact: Impact
  /** Services of a cloud, or labels of a page's components. */
  services: string[]
  places: Place[]
  startedAt: number
  endedAt: number | null
  scheduledFor: number | null
  scheduledUntil: number | null
  /** Newest first, never empty. */
  updates: Update[]
}

/** A region code or `global`, and how long it was affected. */
export type Place = { code: string; from: number; until: number | null }

/** A text, and the state at that time. */
export type Update = { at: number; phase: Phase; impact: Impact; text: string; services: string[]; regions: string[] }

/** The wire formats that one cloud alone has. */
export type CloudFormat = 'azure-rss' | 'aws-events' | 'aws-rss' | 'google-incidents' | 'oracle-components'
/** Every other status format is one of status pages. */
export type PageFormat = Exclude<StatusFormat, CloudFormat>

export type StatusPage = {
  name: string
  title: string
  format: PageFormat
  /** incident.io serves Statuspage's paths with differences. */
  dialect?: 'incident.io'
  /** How many components its summary lists; all by default. The list of all has the others. */
  summaryLists?: number
  /** Whether it numbers its incidents; the other pages give them names. */
  hasNumberedIncidents?: true
  /** Whether a sources file names it only where all formats are asked for. */
  isRare?: true
  parts: readonly { group: string | null; names: readonly string[] }[]
}

export type FeedFormat = 'rss' | 'rdf' | 'atom' | 'json'

export type Feed = {
  name: string
  title: string
  about: string
  /** The format that its source is read in; every feed is served in all four. */
  format: FeedFormat
  topics: readonly string[]
  articles: Article[]
}

export type Article = {
  /** Of the title; from the second round on with `.<round>` behind it. */
  slug: string
  round: number
  title: string
  summary: string
  tags: string[]
  /** What a customer says; the picture is a portrait then. */
  quote: StepOf<'publish'>['quote'] | null
  publishedAt: number
  updatedAt: number | null
}

/** An answer in a wire format. */
export type Rendered = { body: Buffer; contentType: string }
export type Render = (world: World, now: number) => Rendered

/** Regions that are affected now. */
export const affected = (incident: Incident): string[] =>
  incident.places.filter(place => place.until === null).map(place => place.code)

/** The source of incidents on a cloud or on a status page. */
export const sourceId = (on: string): string => (clouds.some(cloud => cloud === on) ? `${on}-status` : on)
