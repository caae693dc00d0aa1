import { describe, expect, it } from 'vitest'
import type { Incident } from '../../../shared/domain/incident.ts'
import type { Probe } from '../../../shared/domain/probe.ts'
import type { RegionStatus } from '../../../shared/domain/region.ts'
import type { Source } from '../../../shared/domain/source.ts'
import { formatUse, usesOf } from '../../../shared/domain/stack.ts'
import { providerOfUse, type StackView, stackStatus, stackStatuses } from '../../../shared/domain/stack-status.ts'
import type { Component } from '../../../shared/domain/status.ts'
import { component, minutesAgo, NOON, probe, source } from '../../support/builders.ts'
import { facts, incidentOf, regions, stackOf } from './concerns-table.ts'
import { stackGenerator } from './stack-generator.ts'

type Records = {
  statuses?: RegionStatus[]
  incidents?: Incident[]
  components?: Component[]
  sources?: Source[]
  probes?: Probe[]
}

const view = ({ statuses = [], incidents = [], components = [], sources = [], probes = [] }: Records): StackView => ({
  statuses: new Map(statuses.map(one => [one.region, one])),
  incidents: new Map(incidents.map((one, at) => [`${at}`, one])),
  components: byId(components),
  sources: byId(sources),
  probes: byId(probes),
})
const byId = <T extends { id: string }>(records: T[]) => new Map(records.map(record => [record.id, record]))

const regionStatus = (region: string, more: Partial<RegionStatus> = {}): RegionStatus => ({
  region,
  status: 'operational',
  since: null,
  incidents: [],
  services: [],
  serviceCount: 0,
  whole: null,
  freshness: 'live',
  lastKnown: null,
  ...more,
})

const aws = source('aws-status', { provider: 'aws' })
const github = source('github-status', { provider: 'github' })
const silent = { failures: 5, lastOkAt: minutesAgo(60) }
const ireland = regionStatus('aws/eu-west-1')

const told = (uses: string[], records: Records) => {
  const { status, silent, unwatched } = stackStatus(stackOf('ours', ...uses), view(records), facts, NOON)
  return { status, silent: silent.map(({ id }) => id), unwatched: unwatched.map(formatUse) }
}
const statusOf = (uses: string[], records: Records) => told(uses, records).status

/** The table's short form of an incident, with its impact. */
const trouble = (about: string, impact: Incident['impact'] = 'major') => ({ ...incidentOf(about), impact })

describe('the status of a stack', () => {
  it('is operational where all of its sources are heard and tell of no trouble', () => {
    expect(told(['aws/eu-west-1', 'github'], { statuses: [ireland], sources: [aws, github] })).toEqual({
      status: 'operational',
      silent: [],
      unwatched: [],
    })
  })

  it('is that of its region, by impact and breadth', () => {
    const degraded = regionStatus('aws/eu-west-1', { status: 'degraded_performance' })
    const incidents = [trouble('aws services=ground-station in=eu-west-1', 'critical')]
    expect(statusOf(['aws/eu-west-1'], { statuses: [degraded], incidents, sources: [aws] })).toBe(
      'degraded_performance',
    )
  })

  it('is that of its service, whatever its region has', () => {
    const incidents = [
      trouble('aws services=lambda in=eu-west-1', 'critical'),
      trouble('aws services=sqs in=eu-west-1'),
    ]
    const records = { statuses: [ireland], incidents, sources: [aws] }
    expect(statusOf(['aws/lambda@eu-west-1'], records)).toBe('major_outage')
    expect(statusOf(['aws/s3@eu-west-1'], records)).toBe('operational')
  })

  it('is that of a whole region for a service in it, without any incident', () => {
    const down = regionStatus('aws/eu-west-1', { status: 'major_outage', whole: 'major_outage' })
    expect(statusOf(['aws/lambda@eu-west-1'], { statuses: [down], sources: [aws] })).toBe('major_outage')
    expect(statusOf(['aws/lambda@us-east-1'], { statuses: [down], sources: [aws] })).toBe('operational')
  })

  it('is not touched by what may concern it, is over, faded or still to come', () => {
    const incidents = [
      trouble('aws services=lambda'),
      { ...trouble('aws services=lambda in=us-east-1 status=resolved'), id: 'aws-status/2' },
      { ...trouble('aws services=lambda in=us-east-1 status=scheduled'), id: 'aws-status/3' },
      { ...trouble('aws services=lambda in=us-east-1'), id: 'aws-status/4', fadesAfterMs: 1 },
    ]
    expect(statusOf(['aws/lambda@us-east-1'], { incidents, sources: [aws] })).toBe('operational')
  })

  it('is not touched by what has left its region or its service', () => {
    const incidents = [
      trouble('aws services=lambda in=us-east-1 was=eu-west-1'),
      trouble('aws services=sqs in=eu-west-1 was-services=lambda'),
    ]
    expect(statusOf(['aws/lambda@eu-west-1'], { incidents, sources: [aws] })).toBe('operational')
  })

  it('is the worst of what it stands on', () => {
    const sources = [source('stripe-status', { provider: 'stripe' }), aws]
    expect(statusOf(['stack/shop'], { sources })).toBe('operational')
    expect(statusOf(['stack/shop'], { sources, incidents: [trouble('stripe', 'critical')] })).toBe('major_outage')
  })

  it('counts maintenance that is under way', () => {
    const incidents: Incident[] = [{ ...trouble('github status=in_progress', 'maintenance'), kind: 'maintenance' }]
    expect(statusOf(['github'], { incidents, sources: [github] })).toBe('under_maintenance')
  })
})

describe('a stack with one region', () => {
  const records = { statuses: [ireland], sources: [aws, github] }

  it('knows no vendor', () => {
    const incidents = [trouble('github', 'critical'), trouble('stripe', 'critical'), trouble('openai scope=global')]
    const components = [component('github-status/actions', { provider: 'github', status: 'major_outage' })]
    expect(statusOf(['aws/eu-west-1'], { ...records, incidents, components })).toBe('operational')
    expect(told(['aws/eu-west-1'], { ...records, sources: [aws, { ...github, ...silent }] }).status).toBe('operational')
  })

  it('hears of what is everywhere at its cloud, which no region has', () => {
    const incidents = [trouble('aws services=iam scope=global', 'critical')]
    expect(statusOf(['aws/eu-west-1'], { ...records, incidents })).toBe('major_outage')
  })

  it('is unknown where the region is, and in trouble where the region is in trouble for all that is heard', () => {
    const stale = { freshness: 'stale', lastKnown: null } as const
    const unknown = regionStatus('aws/eu-west-1', { status: 'unknown', ...stale })
    expect(statusOf(['aws/eu-west-1'], { sources: [aws], statuses: [unknown] })).toBe('unknown')
    expect(statusOf(['aws/eu-west-1'], { sources: [aws] })).toBe('unknown')
    const down = regionStatus('aws/eu-west-1', { status: 'major_outage', ...stale })
    expect(statusOf(['aws/eu-west-1'], { sources: [{ ...aws, ...silent }], statuses: [down] })).toBe('major_outage')
  })
})

describe('a stack with one vendor', () => {
  it('has the status of its incidents and of its components', () => {
    const parts = [
      component('github-status/actions', { provider: 'github', name: 'Actions', status: 'partial_outage' }),
      component('github-status/pages', { provider: 'github', name: 'Pages', status: 'major_outage' }),
    ]
    expect(statusOf(['github'], { sources: [github], incidents: [trouble('github')] })).toBe('partial_outage')
    expect(statusOf(['github'], { sources: [github], components: parts })).toBe('major_outage')
    expect(statusOf(['github[Actions]'], { sources: [github], components: parts })).toBe('partial_outage')
    expect(statusOf(['github[Packages]'], { sources: [github], components: parts })).toBe('operational')
  })

  it('does not hear what a silent source said last', () => {
    const records = { sources: [{ ...github, ...silent }], incidents: [trouble('github')] }
    expect(told(['github'], records)).toEqual({ status: 'unknown', silent: ['github-status'], unwatched: [] })
  })

  it('is unknown while a part of it is', () => {
    const components = [component('github-status/a', { provider: 'github', name: 'Actions', status: 'unknown' })]
    expect(statusOf(['github[Actions]'], { sources: [github], components })).toBe('unknown')
  })

  it('tells parts of one name apart by their groups', () => {
    const part = (group: string, status: Component['status']) =>
      component(`github-status/${group}`, { provider: 'github', name: 'API', group, status })
    const components = [part('europe', 'major_outage'), part('asia', 'operational')]
    const of = (use: string) => statusOf([use], { sources: [github], components })
    expect([of('github[Europe / API]'), of('github[Europe]')]).toEqual(['major_outage', 'major_outage'])
    expect([of('github[Asia / API]'), of('github[API]')]).toEqual(['operational', 'major_outage'])
  })
})

describe('a stack with sources of its own', () => {
  const gatus = source('our-gatus', { kind: 'gatus', provider: 'our-company' })
  const measured = source('checkout', { kind: 'probe', provider: 'aws' })

  it('has the status of a page and of a probe', () => {
    const components = [component('our-gatus/a', { provider: 'our-company', status: 'major_outage' })]
    expect(statusOf(['source/our-gatus'], { sources: [gatus] })).toBe('operational')
    expect(statusOf(['source/our-gatus'], { sources: [gatus], components })).toBe('major_outage')
    const measuring = (probes: Probe[]) => statusOf(['probe/checkout'], { sources: [measured], probes })
    expect(measuring([probe('checkout')])).toBe('operational')
    expect(measuring([probe('checkout', { reachable: false })])).toBe('major_outage')
    expect(measuring([])).toBe('unknown')
  })

  it('is unknown where nobody reports on a use, or none is named', () => {
    expect(told(['github', 'stripe'], { sources: [github] })).toEqual({
      status: 'unknown',
      silent: [],
      unwatched: ['stripe'],
    })
    const feed = source('our-blog', { kind: 'feed' })
    expect(told(['source/our-blog', 'probe/our-gatus'], { sources: [feed, gatus] }).unwatched).toHaveLength(2)
    expect(statusOf(['stack/nowhere'], { sources: [github] })).toBe('unknown')
  })

  it('is unknown where a service is used that does not exist, as in a mistyped link', () => {
    const sources = [aws]
    expect(told(['aws/lambada'], { sources })).toEqual({ status: 'unknown', silent: [], unwatched: ['aws/lambada'] })
    expect(statusOf(['aws/lambda'], { sources })).toBe('operational')
  })

  it('tells trouble that it knows of beside what it does not', () => {
    expect(statusOf(['github', 'stripe'], { sources: [github], incidents: [trouble('github')] })).toBe('partial_outage')
  })
})

it('is never operational while one of its sources is silent', () => {
  let silences = 0
  for (let seed = 1; seed <= 400; seed += 1) {
    const { world, anIncident, some } = stackGenerator(seed)
    const { stacks, facts } = world()
    const owners = ['aws', 'azure', 'google', 'github', 'stripe', 'datadog', 'vercel']
    const quiet = new Set(some(owners, 2))
    const sources = owners.map(provider =>
      source(`${provider}-status`, { provider, ...(quiet.has(provider) ? silent : {}) }),
    )
    const statuses = [...regions.keys()].map(id => regionStatus(id))
    const seen = view({ sources, statuses, incidents: [anIncident()] })
    for (const stack of stacks) {
      const used = usesOf(stack, facts.stacks).map(({ use }) => providerOfUse(use))
      if (!used.some(provider => provider !== null && quiet.has(provider))) continue
      silences += 1
      expect(stackStatus(stack, seen, facts, NOON).status).not.toBe('operational')
    }
  }
  expect(silences).toBeGreaterThan(200)
})

it('is the same for one stack as for one of many, whatever these share', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const { world, anIncident, some } = stackGenerator(seed)
    const { stacks, facts } = world()
    const sources = ['aws', 'azure', 'google', 'github', 'stripe', 'datadog'].map(provider =>
      source(`${provider}-status`, { provider }),
    )
    const parts = some(['Actions', 'Europe / API', 'API', 'Europe'], 4).map((name, n) =>
      component(`github-status/${n}`, {
        provider: 'github',
        name,
        status: n === 0 ? 'degraded_performance' : 'unknown',
      }),
    )
    const own = source('our-gatus', { kind: 'gatus', provider: 'us' })
    const statuses = [...regions.keys()].map(id => regionStatus(id))
    const incidents = [anIncident(), anIncident(), anIncident()]
    const seen = view({ sources: [...sources, own], statuses, incidents, components: parts })
    const statusOf = stackStatuses(seen, facts, NOON)
    for (const stack of stacks) expect(statusOf(stack, incidents)).toEqual(stackStatus(stack, seen, facts, NOON))
  }
})

describe('a private word', () => {
  const own = source('own', { provider: 'aws', kind: 'inbound', url: 'inbound:aws-health' })
  const records = (about: string) => ({
    statuses: [ireland],
    sources: [aws, own],
    incidents: [{ ...trouble(about), id: 'own/1', isPrivate: true as const }],
  })

  it('counts where it certainly names a use, a region too', () => {
    expect(statusOf(['aws/lambda@eu-west-1'], records('aws services=lambda in=eu-west-1'))).toBe('partial_outage')
    expect(statusOf(['aws/eu-west-1'], records('aws in=eu-west-1'))).toBe('partial_outage')
  })

  it('does not count where it only likely concerns a use', () => {
    expect(statusOf(['aws/eu-west-1'], records('aws services=lambda in=eu-west-1'))).toBe('operational')
  })

  it('counts for whoever uses its source', () => {
    expect(told(['source/own'], records('aws services=lambda in=us-east-1'))).toEqual({
      status: 'partial_outage',
      silent: [],
      unwatched: [],
    })
  })
})
