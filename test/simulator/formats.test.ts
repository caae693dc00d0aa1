import Parser from 'rss-parser'
import { beforeEach, describe, expect, it } from 'vitest'
import { awsEventsJson } from './formats/aws-events.ts'
import { awsRss } from './formats/aws-rss.ts'
import { azureRss } from './formats/azure-rss.ts'
import { googleIncidents } from './formats/google-incidents.ts'
import { statuspageSummary } from './formats/statuspage.ts'
import { START, scriptedWorld } from './scripted-world.ts'
import type { StepInput } from './step.ts'
import type { Rendered, World } from './world.ts'

let world: World
let apply: (...steps: StepInput[]) => number
beforeEach(() => {
  ;({ world, apply } = scriptedWorld())
})

const xml = (rendered: Rendered) => new Parser().parseString(rendered.body.toString())
const json = (rendered: Rendered) => JSON.parse(rendered.body.toString())

describe('Azure', () => {
  const open: StepInput = {
    do: 'open',
    id: 'a',
    on: 'azure',
    title: 'Trouble in West US',
    text: 'We look into it.',
    regions: ['westus'],
    services: ['Storage', 'Virtual WAN'],
  }

  it('is a channel without items while all is quiet', async () => {
    expect((await xml(azureRss(world, START))).items).toEqual([])
  })

  it('mixes services and regions in its categories, ends titles with a space and dates with Z', async () => {
    const now = apply(open)
    const rendered = azureRss(world, now)
    expect(rendered.contentType).toBe('text/xml; charset=utf-8')
    const [item] = (await xml(rendered)).items
    expect(item).toMatchObject({
      guid: 'trouble-in-west-us',
      categories: ['Storage', 'Virtual WAN', 'West US'],
      pubDate: 'Tue, 24 Nov 2026 10:00:00 Z',
    })
    expect(rendered.body.toString()).toContain('<title>Trouble in West US </title>')
    expect(item?.content).toContain('&nbsp;We look into it.</p>')
  })

  it('keeps guid and date while an item goes on, gains the regions that it spreads to, and calls global by its own name', async () => {
    const now = apply(open, { do: 'spread', id: 'a', title: 'Trouble in the US', regions: ['westus2', 'global'] })
    const [item] = (await xml(azureRss(world, now))).items
    expect(item).toMatchObject({ guid: 'trouble-in-west-us', pubDate: 'Tue, 24 Nov 2026 10:00:00 Z' })
    expect(item?.categories?.slice(2)).toEqual(['West US', 'West US 2', 'Public Non-Regional'])
  })

  it('drops a resolved item', async () => {
    const now = apply(open, { do: 'resolve', id: 'a' })
    expect((await xml(azureRss(world, now))).items).toEqual([])
  })
})

describe('AWS', () => {
  const open: StepInput = {
    do: 'open',
    id: 'a',
    on: 'aws',
    title: 'Increased Error Rates',
    impact: 'critical',
    text: 'We investigate.',
    regions: ['me-central-1'],
    services: ['Amazon Elastic Compute Cloud'],
  }
  const events = (now: number) => {
    const { body } = awsEventsJson(world, now)
    return JSON.parse(new TextDecoder('utf-16be').decode(body))
  }

  it('is JSON in UTF-16 big-endian with a byte order mark', () => {
    const { body, contentType } = awsEventsJson(world, START)
    expect(contentType).toBe('application/json;charset=utf-16')
    expect([...body]).toEqual([0xfe, 0xff, 0, 0x5b, 0, 0x5d])
  })

  it('writes numbers as strings, but those of the log as numbers', () => {
    const [event] = events(apply(open))
    expect(event).toMatchObject({
      date: String(START / 1000),
      arn: expect.stringMatching(/^arn:aws:health:me-central-1::event\/EC2\/AWS_EC2_OPERATIONAL_ISSUE\//),
      region_name: 'UAE',
      status: '3',
      service: 'ec2-me-central-1',
      event_log: [{ summary: 'Increased Error Rates', message: 'We investigate.', status: 3, timestamp: START / 1000 }],
      impacted_services: {
        'ec2-me-central-1': { service_name: 'Amazon Elastic Compute Cloud', current: '3', max: '3' },
      },
      impacted_service_status_changes: [
        { service: 'ec2-me-central-1', previous_status: '0', current_status: '3', timestamp: START },
      ],
    })
  })

  it("tells of a second region as a second event, and keeps the first one's identity", () => {
    const [before] = events(apply(open))
    const after = events(apply({ do: 'spread', id: 'a', regions: ['me-south-1'], services: ['AWS Lambda'] }))
    expect(after.map((event: { region_name: string }) => event.region_name)).toEqual(['UAE', 'Bahrain'])
    expect(after[0].arn).toBe(before.arn)
    expect(after[0].service).toBe('multipleservices-me-central-1')
  })

  it('tells of a resolved event with status 0 for a minute, then no more', () => {
    const now = apply(open, { do: 'resolve', id: 'a' })
    expect(events(now + 59_000)).toMatchObject([{ status: '0', summary: '[RESOLVED] Increased Error Rates' }])
    expect(events(now + 60_000)).toEqual([])
  })

  it('has an RSS item for each update, dated in Pacific time', async () => {
    const now = apply(open, { do: 'resolve', id: 'a' })
    const { items } = await xml(awsRss(world, now))
    expect(items.map(item => [item.title, item.pubDate])).toEqual([
      ['Service is operating normally: [RESOLVED] Increased Error Rates', 'Tue, 24 Nov 2026 02:01:00 PST'],
      ['Service disruption: Increased Error Rates', 'Tue, 24 Nov 2026 02:00:00 PST'],
    ])
    expect(items[0]?.guid).toBe(`https://status.aws.amazon.com/#ec2-me-central-1_${now / 1000}`)
  })
})

describe('Google', () => {
  const open: StepInput = {
    do: 'open',
    id: 'a',
    on: 'google',
    title: 'Storage errors',
    impact: 'major',
    text: 'Errors rise.',
    regions: ['europe-west4', 'eu'],
    services: ['Cloud Storage', 'Cloud SQL'],
  }

  it('lists an open incident without an end, with the places that are affected now', () => {
    const now = apply(open, { do: 'update', id: 'a', cleared: ['eu'], text: 'Fewer errors.' })
    const [incident] = json(googleIncidents(world))
    expect(incident).toMatchObject({
      begin: '2026-11-24T10:00:00+00:00',
      modified: new Date(now).toISOString().replace('.000Z', '+00:00'),
      external_desc: 'Storage errors',
      severity: 'medium',
      status_impact: 'SERVICE_DISRUPTION',
      service_name: 'Multiple Products',
      currently_affected_locations: [{ title: 'Netherlands (europe-west4)', id: 'europe-west4' }],
      previously_affected_locations: [{ title: 'Multi-region: eu', id: 'eu' }],
    })
    expect(incident).not.toHaveProperty('end')
    expect(incident.updates.map((update: { text: string }) => update.text)).toEqual([
      expect.stringContaining('Fewer errors.'),
      expect.stringContaining('Errors rise.'),
    ])
  })

  it('keeps a closed incident, with its end and the places that were affected', () => {
    apply(open, { do: 'resolve', id: 'a' })
    const [incident] = json(googleIncidents(world))
    expect(incident).toMatchObject({ end: '2026-11-24T10:01:00+00:00', currently_affected_locations: [] })
    expect(incident.most_recent_update.status).toBe('AVAILABLE')
    expect(incident.previously_affected_locations).toHaveLength(2)
  })
})

describe('a status page', () => {
  const summary = (name: string, now: number) => {
    const page = world.pages.find(candidate => candidate.name === name)
    if (!page) throw new Error(`no page ${name}`)
    return json(statuspageSummary(page, world, now))
  }
  const named = (list: { name: string }[], name: string) => list.find(entry => entry.name === name)

  it('is all operational while nothing happens, with its groups', () => {
    const { status, components, incidents } = summary('cloudflare', START)
    expect(status).toEqual({ indicator: 'none', description: 'All Systems Operational' })
    expect(incidents).toEqual([])
    const group = components.find((one: { name: string }) => one.name === 'Europe')
    const member = components.find((one: { name: string }) => one.name === 'Amsterdam, Netherlands - (AMS)')
    expect([group.group, group.group_id, member.group, member.group_id]).toEqual([true, null, false, group.id])
    expect(group.components).toContain(member.id)
  })

  it('shows an incident, its updates newest first and what it makes of the components', () => {
    const now = apply(
      { do: 'open', id: 'a', on: 'github', title: 'Slow jobs', impact: 'minor', services: ['Actions'], text: 'Slow.' },
      { do: 'identify', id: 'a', impact: 'major', services: ['Pages'], text: 'Found.' },
    )
    const { status, components, incidents } = summary('github', now)
    expect(status.indicator).toBe('major')
    expect(named(components, 'Actions')).toMatchObject({ status: 'partial_outage' })
    expect(named(components, 'Issues')).toMatchObject({ status: 'operational' })
    expect(incidents).toMatchObject([{ name: 'Slow jobs', status: 'identified', impact: 'major', resolved_at: null }])
    const [newest, oldest] = incidents[0].incident_updates
    expect([newest.status, oldest.status]).toEqual(['identified', 'investigating'])
    expect(newest.affected_components).toMatchObject([
      { name: 'Actions', old_status: 'degraded_performance', new_status: 'partial_outage' },
      { name: 'Pages', old_status: 'operational', new_status: 'partial_outage' },
    ])
  })

  it('leaves out what is over', () => {
    const now = apply({ do: 'open', id: 'a', on: 'github', title: 'Slow jobs' }, { do: 'resolve', id: 'a' })
    expect(summary('github', now).incidents).toEqual([])
  })

  it('shows a maintenance from its announcement to its completion', () => {
    const schedule: StepInput = {
      do: 'schedule',
      id: 'm',
      on: 'fastly',
      title: 'Upgrade',
      services: ['Stockholm (BMA)'],
      in: '2h',
      for: '1h',
    }
    const ahead = summary('fastly', apply(schedule))
    expect(ahead.status.indicator).toBe('none')
    expect(ahead.scheduled_maintenances).toMatchObject([
      { status: 'scheduled', impact: 'maintenance', scheduled_for: '2026-11-24T12:00:00.000Z' },
    ])
    const under = summary('fastly', apply({ do: 'begin', id: 'm' }))
    expect(under.status.indicator).toBe('maintenance')
    expect(under.scheduled_maintenances).toMatchObject([{ status: 'in_progress' }])
    expect(named(under.components, 'Stockholm (BMA)')).toMatchObject({ status: 'under_maintenance' })
    expect(summary('fastly', apply({ do: 'complete', id: 'm' })).scheduled_maintenances).toEqual([])
  })

  it('of incident.io has null for empty lists, no groups and no shortlinks', () => {
    const quiet = summary('openai', START)
    expect([quiet.incidents, quiet.scheduled_maintenances]).toEqual([null, null])
    expect(quiet.components[0]).not.toHaveProperty('group')
    const now = apply({ do: 'open', id: 'a', on: 'openai', title: 'Slow', services: ['Files'] })
    const [incident] = summary('openai', now).incidents
    expect(incident.shortlink).toBeNull()
    expect(incident).not.toHaveProperty('components')
  })
})
