import type { Article } from '../../shared/domain/article.ts'
import type { Incident, IncidentSummary } from '../../shared/domain/incident.ts'
import type { LedgerEntry } from '../../shared/domain/ledger.ts'
import type { Probe } from '../../shared/domain/probe.ts'
import type { StackFacts } from '../../shared/domain/reason.ts'
import type { Region } from '../../shared/domain/region.ts'
import type { Source } from '../../shared/domain/source.ts'
import type { Stack } from '../../shared/domain/stack.ts'
import type { Component } from '../../shared/domain/status.ts'
import { newPollState, type PollState } from '../../shared/redis/poll-state.ts'
import type { HubRequest } from '../../shared/redis/push.ts'
import type { ReadIncident } from '../../workers/formats/reader.ts'

/** 2026-11-24 12:00 UTC, in ms: the present of tests that have one. */
export const NOON = Date.UTC(2026, 10, 24, 12)

/** An instant some minutes before noon (negative: after). */
export const minutesAgo = (minutes: number): string => new Date(NOON - minutes * 60_000).toISOString()

export const region = (id: string, more: Partial<Region> = {}): Region => {
  const [provider = '', code = ''] = id.split('/')
  return {
    id,
    provider,
    code,
    name: code,
    aliases: [],
    city: 'Amsterdam',
    country: 'NL',
    continent: 'Europe',
    lat: 52.4,
    lon: 4.9,
    zones: 3,
    opened: 2010,
    state: 'open',
    pair: null,
    residency: 'EU',
    restricted: false,
    timezone: 'Europe/Amsterdam',
    carbonFree: null,
    ...more,
  }
}

/** What is known of these stacks; no service, no vendor. */
export const stackFacts = (...stacks: Stack[]): StackFacts => ({
  stacks: new Map(stacks.map(stack => [stack.id, stack])),
  services: new Map(),
  dependencies: () => [],
  siteOf: () => null,
})

export const source = (id: string, more: Partial<Source> = {}): Source => ({
  id,
  name: id,
  kind: 'statuspage',
  url: 'https://status.example.com',
  provider: 'azure',
  everyMs: 60_000,
  intervalMs: 60_000,
  lastPollAt: minutesAgo(0),
  lastOkAt: minutesAgo(0),
  lastChangeAt: null,
  httpStatus: 200,
  error: null,
  failures: 0,
  nextPollAt: null,
  latencyMs: 120,
  day: 'o'.repeat(24),
  heldUntil: null,
  gone: false,
  cut: 0,
  postponed: 0,
  note: null,
  push: null,
  ...more,
})

/** An endpoint in West Europe that has been reachable for an hour. */
export const probe = (id: string, more: Partial<Probe> = {}): Probe => ({
  id,
  provider: 'azure',
  region: 'azure/westeurope',
  url: 'https://blob.example.com/',
  from: 'office',
  reachable: true,
  since: minutesAgo(60),
  at: minutesAgo(0.5),
  httpStatus: 200,
  nameMs: 3,
  connectMs: 12,
  tlsMs: 25,
  firstByteMs: 31,
  error: null,
  ...more,
})

export const incident = (id: string, more: Partial<Incident> = {}): Incident => ({
  ...summary(id),
  saidAt: more.updatedAt ?? minutesAgo(5),
  everRegions: [],
  entries: [],
  ...more,
})

/** The same as a source tells it. */
export const readIncident = (id: string, more: Partial<ReadIncident> = {}): ReadIncident => ({
  ...summary(id),
  updates: [],
  ...more,
})

/** An entry of a ledger, seen a minute after the source said it. */
export const entry = (n: number, minutes: number, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  n,
  seenAt: minutesAgo(minutes - 1),
  saidAt: minutesAgo(minutes),
  update: `u${n}`,
  status: 'investigating',
  text: `Words ${n}`,
  ...more,
})

const summary = (id: string): IncidentSummary => ({
  id,
  provider: 'azure',
  kind: 'incident',
  title: 'Connectivity issues',
  status: 'investigating',
  rawStatus: null,
  impact: 'minor',
  scope: 'regional',
  regions: ['azure/westeurope'],
  services: [],
  startedAt: minutesAgo(10),
  updatedAt: minutesAgo(5),
  resolvedAt: null,
  scheduledFor: null,
  scheduledUntil: null,
  url: null,
})

export const component = (id: string, more: Partial<Component> = {}): Component => ({
  id,
  provider: 'azure',
  name: 'Storage',
  status: 'operational',
  rawStatus: null,
  regions: [],
  ...more,
})

export const article = (id: string, more: Partial<Article> = {}): Article => ({
  id,
  title: 'A new region opens',
  url: 'https://news.example.com/a',
  summary: '',
  publishedAt: minutesAgo(60),
  updatedAt: null,
  author: null,
  image: null,
  topics: ['cloud'],
  regions: [],
  countries: [],
  providers: ['azure'],
  language: 'en',
  ...more,
})

export const pollState = (more: Partial<PollState> = {}): PollState => ({
  ...newPollState('https://status.example.com'),
  ...more,
})

/** A worker's question to a hub, asked at noon. */
export const hubRequest = (more: Partial<HubRequest> = {}): HubRequest => ({
  hub: 'https://hub.example.com/',
  topic: 'https://news.example.com/feed',
  callback: `https://clouds.example.com/hooks/websub/news/${'t'.repeat(43)}`,
  token: 't'.repeat(43),
  secret: 's'.repeat(43),
  askedAt: minutesAgo(0),
  attempts: 1,
  retryAt: minutesAgo(-1),
  ...more,
})
