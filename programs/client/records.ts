// The records of Nephoscope as types, made from its schemas by `npm run docs`.

/** What an event of each type brings: whole records, so that applying it twice changes nothing. */
export type EventData = {
  'incident.opened': Incident
  'incident.updated': Incident
  'incident.resolved': Incident
  'components.updated': {
    upserted: Component[]
    removed: string[]
  }
  'region.status': RegionStatus
  'article.published': Article
  'article.updated': Article
  'source.health': Source
  'probe.changed': Probe
  'source.removed': {
    id: string
  }
  'office.changed': OfficeSettings
  'notice.posted': Notice
  'notice.withdrawn': Notice
  'handling.changed': Handling
  'audit.noted': AuditEntry
}

/** Something that happened. `id` orders events, and is where to go on after a cut. */
export type Event = {
  [Type in keyof EventData]: { id: string; type: Type; at: string; channels: string[]; data: EventData[Type] }
}[keyof EventData]

/** Atlassian Statuspage's words, plus `unknown`. */
export type Status = 'operational' | 'under_maintenance' | 'degraded_performance' | 'partial_outage' | 'major_outage' | 'unknown'

/** The stage of an incident or of a maintenance. */
export type Stage = 'investigating' | 'identified' | 'monitoring' | 'resolved' | 'postmortem' | 'scheduled' | 'in_progress' | 'verifying' | 'completed'

export type Impact = 'none' | 'minor' | 'major' | 'critical' | 'maintenance'

export type Incident = {
  title: string
  impact: Impact
  /** `global` and `unspecified` affect the provider, not all of its regions. */
  scope: 'regional' | 'global' | 'unspecified'
  regions: string[]
  services: string[]
  scheduledFor: string | null
  scheduledUntil: string | null
  id: string
  provider: string
  kind: 'incident' | 'maintenance'
  status: Stage
  /** The source's own word for a status outside our vocabulary. */
  rawStatus: string | null
  /** Availability zones that the source names, as it writes them: 'use1-az4', 'us-central1-a'. A hint, never a bound. */
  zones?: string[] | undefined
  /** The services of `services` that the catalogue knows. A name that it does not know stays a name. */
  serviceIds?: string[] | undefined
  startedAt: string
  /** The last change of what we show, by the source's clock, and by ours where the source did not date it. */
  updatedAt: string
  resolvedAt: string | null
  /** An open incident of a history fades: this long after `updatedAt`, in ms. Absent where the source lists what is open. */
  fadesAfterMs?: number | undefined
  url: string | null
  /** The word of a cloud to our own account, or of our own alerts: it counts for stacks, never for regions. */
  isPrivate?: true | undefined
  /** When the source last dated it; null where it gives no dates. It may go back, `updatedAt` never does. */
  saidAt: string | null
  /** Every region ever named, each once: with its first `from` and its last `to`. */
  everRegions: {
    region: string
    from: string
    to: string | null
  }[]
  /** Services of the catalogue that it named and no longer names; absent without any. `servicesEverIn` has all. */
  everServiceIds?: string[] | undefined
  /** The newest entries of its ledger, newest first; in an event only those that it brings. */
  entries: LedgerEntry[]
}

/** One change that a reading brought. `<incident>#<n>` identifies it. A field of `LedgerState` that it does not state is as in the entry before; in the first entry of a list, as in the incident. */
export type LedgerEntry = {
  title?: string | undefined
  impact?: Impact | undefined
  /** `global` and `unspecified` affect the provider, not all of its regions. */
  scope?: 'regional' | 'global' | 'unspecified' | undefined
  regions?: string[] | undefined
  services?: string[] | undefined
  scheduledFor?: string | null | undefined
  scheduledUntil?: string | null | undefined
  /** From 1, without gaps. */
  n: number
  /** When we first read it, by our clock; null for what an older version stored without it. */
  seenAt: string | null
  /** The source's own time for it; null where it gives none, as for words that it rewrote under their old date. */
  saidAt: string | null
  /** The source's id of these words; null for a change without words. */
  update: string | null
  /** The source gave these words in place of others, under the same id. */
  isRewrite?: true | undefined
  status: Stage
  text: string
  /** The regions that it no longer names; absent without any. Their subscribers get the event too. */
  regionsRemoved?: string[] | undefined
  /** SHA-256, in hex, of the fragment of the source that said it. */
  evidence?: string | undefined
}

/** A part of a service, as a status page lists it. */
export type Component = {
  id: string
  provider: string
  name: string
  /** Its heading on the page: names repeat across groups. */
  group?: string | undefined
  status: Status
  rawStatus: string | null
  regions: string[]
}

/** Made by `rollUp` only. */
export type RegionStatus = {
  region: string
  /** By impact and breadth: see `statusByBreadth`. */
  status: Status
  since: string | null
  /** Active incidents of the region, worst first. */
  incidents: string[]
  /** In trouble, worst first, at most `MAX_LISTED_SERVICES`. Earlier builds stored names: the next roll-up has them. */
  services: {
    service: string
    id?: string | undefined
    status: Status
    zones?: string[] | undefined
  }[]
  /** How many services are in trouble, listed or not. */
  serviceCount: number
  /** What the provider says of the region as a whole; null where it names only services. */
  whole: Status | null
  freshness: 'live' | 'stale'
  /** The last status before it became stale; null while it is live or was never known. */
  lastKnown: {
    status: Status
    since: string | null
    at: string
  } | null
}

export type Article = {
  id: string
  title: string
  url: string
  summary: string
  /** Of a customer story: what a person says in its whole text. */
  quote?: {
    text: string
    name: string
    role: string | null
    company: string | null
  } | undefined
  publishedAt: string
  updatedAt: string | null
  /** Its feed gives it no date: `publishedAt` is when we first read it. */
  isUndated?: true | undefined
  /** When we first read it, by our own clock; absent in records of earlier versions. */
  readAt?: string | undefined
  author: string | null
  image: string | null
  /** `image` as the workers fetched it; absent where they have not, could not, or it made room for others. */
  picture?: {
    hash: string
    width: number
    height: number
  } | undefined
  topics: string[]
  /** Those of its topics that only its feed carries, not its words. */
  feedTopics?: string[] | undefined
  regions: string[]
  /** Countries that the text names, beside those of its regions. */
  countries: string[]
  /** The providers that it is about. A publisher is none. */
  providers: string[]
  /** Services of theirs that it names. */
  services?: string[] | undefined
  /** Those of `services` that the catalogue knows. */
  serviceIds?: string[] | undefined
  /** BCP 47, lower case, such as `en` or `de-at`. */
  language: string | null
}

export type Source = {
  id: string
  /** Its display name: a product, a publication. */
  name: string
  kind: 'azure-rss' | 'aws-events' | 'aws-rss' | 'google-incidents' | 'oracle-components' | 'statuspage' | 'instatus' | 'statusio' | 'betterstack' | 'cachet' | 'uptime-kuma' | 'gatus' | 'upptime' | 'slack' | 'heroku' | 'rss-status' | 'okta' | 'statuspal' | 'cstate' | 'rootly' | 'm365' | 'azure-devops' | 'salesforce-trust' | 'zendesk' | 'pagerduty' | 'firehydrant' | 'feed' | 'probe' | 'inbound'
  /** Where it is read. One that posts to us has no address: its format stands here, as `inbound:grafana`. */
  url: string
  provider: string
  /** The usual interval as configured, in ms. */
  everyMs: number
  /** The interval that its answers have led to, in ms; failures do not stretch it. */
  intervalMs: number
  lastPollAt: string | null
  lastOkAt: string | null
  lastChangeAt: string | null
  /** Of one that posts to us: when it last did; null before its first post. Nobody posts while all is well. */
  lastPostAt?: string | null | undefined
  httpStatus: number | null
  /** Why the last poll failed, in plain words; null when it did not. */
  error: string | null
  /** What the last reading could not use, in plain words; null when it used everything. */
  note: string | null
  failures: number
  nextPollAt: string | null
  /** How long the last poll waited for the source's host, in whole ms; null when it sent no request. */
  latencyMs: number | null
  /** The polls of the 24 hours that end in the hour of `lastPollAt`. */
  day: string
  /** Until when its host asked for no requests; null when it did not. */
  heldUntil: string | null
  /** Its address is gone for good (410). It is tried once a day, in case it comes back. */
  gone: boolean
  /** Texts and components of the last reading that were cut, as it was larger than what may be kept of one. */
  cut: number
  /** Events that the last reading left for the next ones, as the source had told its share. */
  postponed: number
  /** Pictures of its articles that were refused or could not be fetched; absent where none was. */
  lostPictures?: {
    count: number
    why: string
  } | undefined
  /** How it announces news, so that it is polled early; null when it does not. */
  push: 'websub' | 'webhook' | null
}

/** The last measurement of a region's public endpoint by a worker. It never changes the official status. */
export type Probe = {
  id: string
  provider: string
  region: string
  url: string
  from: string
  reachable: boolean
  /** Since when `reachable` has not changed. */
  since: string
  /** The last measurement with this outcome. */
  at: string
  httpStatus: number | null
  nameMs: number | null
  connectMs: number | null
  tlsMs: number | null
  /** From the request to the headers of the response. */
  firstByteMs: number | null
  /** Why it is not reachable, in plain words; null if it is. */
  error: string | null
}

/** A message from the office on its walls. */
export type Notice = {
  /** ULID, lower case. */
  id: string
  text: string
  level: 'info' | 'warning' | 'urgent'
  from: string
  until: string | null
}

/** What the sources file sets beside its sources. On the wire and in the store it is called `office`. */
export type OfficeSettings = {
  /** Whether simulated providers feed the store; every page and answer says so. */
  simulated: boolean
  /** What the teams of this office run on; it comes first until a reader chooses. */
  stacks: Stack[]
  /** Whether readers' browsers may measure the round trip to the probed endpoints. */
  roundTrips: boolean
  /** The settings of each wall by its name, as the query of an address would set them. */
  walls: Record<string, Record<string, string>>
}

/** What one team, product or customer runs on. */
export type Stack = {
  id: string
  name: string
  uses: Use[]
}

/** One thing that a team runs on. */
export type Use = {
  kind: 'region'
  region: string
} | {
  kind: 'service'
  service: string
  /** Where it is used; empty where the service is global, or the team did not say. */
  regions: string[]
  /** As the provider names them in its messages: 'use1-az4'. They lower a match, they never hide one. */
  zones: string[]
} | {
  kind: 'vendor'
  vendor: string
  /** The vendor's own places that the team chose: 'us1'. */
  sites: string[]
  /** Components by name, or by group and name: 'Actions', 'Europe / API'. Empty: all of the vendor. */
  parts: string[]
} | {
  kind: 'source'
  source: string
} | {
  kind: 'probe'
  source: string
} | {
  kind: 'stack'
  stack: string
}

export type Provider = {
  id: string
  name: string
  home: string
  statusPage: string
  figures: {
    label: string
    value: string
    source: string
    date: string
  }[]
}

export type Region = {
  id: string
  provider: string
  code: string
  name: string
  /** Other names in the provider's notices; unique within the provider. */
  aliases: string[]
  city: string
  country: string
  continent: string
  lat: number
  lon: number
  /** Number of availability zones; null if the provider does not say. */
  zones: number | null
  opened: number | null
  state: 'open' | 'announced' | 'closing'
  pair: string | null
  /** Where the provider commits to keep data: a country code or `EU`. Null without a commitment that has a source. */
  residency: string | null
  /** Whether the provider opens it only on request, such as for disaster recovery within a country. */
  restricted: boolean
  timezone: string
  /** Share of carbon-free energy as the provider publishes it, 0 to 1. Never the grid's, which `RegionFacts` has. */
  carbonFree: number | null
}

/** The whole state as one value. A client goes on with the events after `head`. */
export type Snapshot = {
  build: string
  head: string
  at: string
  /** Whether simulated providers feed the store; every page and answer says so. */
  simulated: boolean
  /** What the teams of this office run on; it comes first until a reader chooses. */
  stacks: Stack[]
  /** Whether readers' browsers may measure the round trip to the probed endpoints. */
  roundTrips: boolean
  /** The settings of each wall by its name, as the query of an address would set them. */
  walls: Record<string, Record<string, string>>
  workersAt: string | null
  providers: Provider[]
  regions: Region[]
  statuses: RegionStatus[]
  incidents: Incident[]
  components: Component[]
  articles: Article[]
  sources: Source[]
  probes: Probe[]
  notices: Notice[]
  handlings: Handling[]
}

/** What this office does about an incident: never mixed with what its source says, shown beside it. */
export type Handling = {
  /** That of the incident. */
  id: string
  acknowledgement: Acknowledgement | null
  /** Those of its incident, when it was last handled. */
  channels: string[]
  /** Newest first. */
  entries: OfficeEntry[]
  /** As its incident. */
  isPrivate?: true | undefined
}

/** Somebody of this office takes care of an incident. It stops repeats and takeovers everywhere while it holds. */
export type Acknowledgement = {
  by: string
  at: string
  note: string
  /** When it ends by itself; null: with the incident. */
  until: string | null
  /** How the incident was: an acknowledgement ends when it gets worse or spreads. */
  status: Status
  regions: string[]
}

/** A line that this office adds to the ledger of an incident. */
export type OfficeEntry = {
  at: string
  what: 'acknowledged' | 'lifted' | 'note'
  /** Null where nobody did it: it got worse, or its time was over. */
  by: string | null
  text: string
  until: string | null
}

/** Who did what, and when. No secret and no text is in it: what it is about is named by its ids. */
export type AuditEntry = {
  id: string
  at: string
  /** The name of the token that was given; `sources file` where that was changed. */
  by: string
  what: 'source.polled' | 'notice.posted' | 'notice.withdrawn' | 'delivery.replayed' | 'delivery.forgotten' | 'incident.acknowledged' | 'incident.lifted' | 'incident.note' | 'screen.admitted' | 'screen.named' | 'screen.commanded' | 'screen.forgotten' | 'token.made' | 'token.rotated' | 'token.revoked' | 'key.revoked' | 'session.begun' | 'session.ended' | 'config.changed'
  about: Record<string, string>
}
