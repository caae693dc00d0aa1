import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isActive, isEnded } from '../../shared/domain/incident.ts'
import { endpoints } from './endpoints.ts'
import { read, sourcesOf } from './reading.ts'
import { type Simulator, startSimulator } from './server.ts'
import type { StepInput } from './step.ts'
import type { PageFormat } from './world.ts'

/** The clock of simulator and reader. Only steps advance it. */
let now = Date.parse('2026-11-24T10:00:00Z')
let simulator: Simulator
beforeAll(async () => {
  const story = { title: 'Nothing', length: 1000, before: [], steps: [] }
  simulator = await startSimulator({ story, clock: () => now })
})
afterAll(() => simulator.close())

function apply(step: StepInput): void {
  now += 60_000
  simulator.apply(step)
}

const source = (id: string) => {
  const found = sourcesOf(simulator, { all: true }).find(candidate => candidate.id === id)
  if (!found) throw new Error(`no source ${id}`)
  return found
}

async function state(id: string) {
  const { incidents, components } = await read(source(id), now)
  const open = incidents.filter(incident => !isEnded(incident))
  const unwell = components.filter(({ status }) => status !== 'operational')
  return { open, ended: incidents.filter(isEnded), unwell: unwell.map(({ name, status }) => `${name}: ${status}`) }
}

/** What a format can say of a page: incidents, how far they are, which components they hit and how badly. */
type Capabilities = {
  page: string
  part: string
  /** How a critical incident shows in the components; null where it does not. */
  down: string | null
  /** Whether it has incidents; `history` where an ended one stays. */
  incidents: 'none' | 'open' | 'history'
  /** Whether it says how far an incident is; without that it is investigated to its end. */
  phases: boolean
  /** Whether it carries what is written about an incident; by default it does. */
  texts?: false
  /** Its title of an incident, where it has none of its own. */
  title?: string
  impact: string | null
  services: boolean
  /** The status of planned work ahead and under way; null where it has none. */
  maintenance: [string, string | null] | null
}

const full = { incidents: 'open', phases: true, impact: 'critical', services: true } as const
const scheduled: Capabilities['maintenance'] = ['scheduled', 'in_progress']
const upOrDown = { incidents: 'none', phases: false, impact: null, services: false, maintenance: null } as const

const capabilities: Readonly<Record<PageFormat, Capabilities>> = {
  statuspage: { page: 'vercel', part: 'Functions', down: 'Functions: major_outage', ...full, maintenance: scheduled },
  instatus: {
    page: 'courier',
    part: 'Tracking',
    down: 'Courier: degraded_performance',
    ...full,
    texts: false,
    services: false,
    maintenance: scheduled,
  },
  statusio: { page: 'foundry', part: 'Registry', down: 'Registry: major_outage', ...full, maintenance: scheduled },
  betterstack: {
    page: 'helpdesk',
    part: 'Inbox',
    down: 'Inbox: major_outage',
    ...full,
    incidents: 'history',
    impact: 'major',
    maintenance: scheduled,
  },
  cachet: {
    page: 'warehouse',
    part: 'Labels',
    down: null,
    ...full,
    incidents: 'history',
    maintenance: ['scheduled', null],
  },
  'uptime-kuma': {
    page: 'office',
    part: 'Mail',
    down: 'Mail: major_outage',
    ...full,
    impact: 'major',
    services: false,
    maintenance: scheduled,
  },
  gatus: { page: 'gateways', part: 'Search', down: 'Search: major_outage', ...upOrDown },
  upptime: { page: 'shop', part: 'Checkout', down: 'Checkout: major_outage', ...upOrDown },
  slack: { page: 'slack', part: 'Huddles', down: null, ...full, maintenance: ['scheduled', 'scheduled'] },
  heroku: {
    page: 'heroku',
    part: 'Data',
    down: 'Data: major_outage',
    ...full,
    services: false,
    maintenance: scheduled,
  },
  'rss-status': {
    page: 'lighthouse',
    part: 'Lamp',
    down: null,
    ...full,
    incidents: 'history',
    impact: 'major',
    services: false,
    maintenance: scheduled,
  },
  okta: {
    page: 'okta',
    part: 'okta.com:2',
    down: 'okta.com:2: major_outage',
    ...full,
    incidents: 'history',
    maintenance: scheduled,
  },
  statuspal: {
    page: 'observatory',
    part: 'South Dome',
    down: 'South Dome: partial_outage',
    ...full,
    impact: 'major',
    maintenance: scheduled,
  },
  cstate: {
    page: 'harbour',
    part: 'Cranes',
    down: 'Cranes: major_outage',
    ...full,
    phases: false,
    texts: false,
    maintenance: scheduled,
  },
  rootly: {
    page: 'kitchen',
    part: 'Ovens',
    down: 'Kitchen: partial_outage',
    ...full,
    services: false,
    maintenance: null,
  },
  m365: { page: 'microsoft-365', part: 'OneDrive', down: 'OneDrive: major_outage', ...full, maintenance: null },
  'azure-devops': {
    page: 'azure-devops',
    part: 'Repos, EU',
    down: 'Repos, EU: major_outage',
    ...full,
    phases: false,
    texts: false,
    maintenance: null,
  },
  'salesforce-trust': {
    page: 'salesforce',
    part: 'EU45',
    down: 'EU45: major_outage',
    ...full,
    incidents: 'history',
    title: 'Service disruption: Core service',
    maintenance: scheduled,
  },
  zendesk: {
    page: 'zendesk',
    part: 'Talk',
    down: 'Talk: major_outage',
    ...full,
    incidents: 'history',
    texts: false,
    maintenance: scheduled,
  },
  pagerduty: {
    page: 'pagerduty',
    part: 'Events API (EU)',
    down: 'Events API (EU): major_outage',
    ...full,
    phases: false,
    maintenance: scheduled,
  },
  firehydrant: {
    page: 'redis-cloud',
    part: 'Console',
    down: 'Console: major_outage',
    ...full,
    incidents: 'history',
    maintenance: scheduled,
  },
}
const incidentIo: Capabilities = {
  ...capabilities.statuspage,
  page: 'openai',
  part: 'Files',
  down: 'Files: major_outage',
}
const cutSummary: Capabilities = {
  ...capabilities.statuspage,
  page: 'hashicorp',
  part: 'Waypoint agents',
  down: 'Waypoint agents: major_outage',
}
const statuspages = [incidentIo, cutSummary].map(can => ['statuspage', can] as const)
const formats = [...Object.entries(capabilities), ...statuspages].map(([kind, can]) => ({ kind, ...can }))

describe.each(formats)('$kind ($page)', format => {
  const { kind, page, part, down, incidents, phases, impact, services, maintenance } = format
  const title = `Total outage of ${part}`
  const shown = format.title ?? title
  const stagesAt = (stage: string) => (incidents === 'none' ? [] : [phases ? stage : 'investigating'])

  it('is quiet while nothing happens', async () => {
    expect(source(page).kind).toBe(kind)
    expect(await state(page)).toEqual({ open: [], ended: [], unwell: [] })
  })

  it('says what is open, how bad it is and what it hits', async () => {
    apply({ do: 'open', id: page, on: page, title, impact: 'critical', services: [part], text: 'We look into it.' })
    const { open, unwell } = await state(page)
    expect(unwell).toEqual(down === null ? [] : [down])
    if (incidents === 'none') return expect(open).toEqual([])
    expect(open).toMatchObject([
      { title: shown, status: 'investigating', kind: 'incident', ...(impact !== null && { impact }) },
    ])
    if (services) expect(open[0]?.services.join()).toContain(part)
    expect(open[0]?.startedAt).toBe(new Date(now).toISOString())
  })

  it('says how far it is', async () => {
    apply({ do: 'identify', id: page, text: 'The cause is identified.' })
    const { open } = await state(page)
    expect(open.map(({ status }) => status)).toEqual(stagesAt('identified'))
    if (incidents !== 'none' && format.texts !== false)
      expect(open[0]?.updates[0]?.text).toContain('The cause is identified.')
    apply({ do: 'monitor', id: page, text: 'A fix is in place, the trouble is mitigated.' })
    expect((await state(page)).open.map(({ status }) => status)).toEqual(stagesAt('monitoring'))
  })

  it('says when it is over', async () => {
    apply({ do: 'resolve', id: page })
    const { open, ended, unwell } = await state(page)
    expect([open, unwell]).toEqual([[], []])
    expect(ended.map(one => [one.title, one.status])).toEqual(incidents === 'history' ? [[shown, 'resolved']] : [])
  })

  it('says what is planned, under way and done', async () => {
    const id = `${page}-work`
    apply({
      do: 'schedule',
      id,
      on: page,
      title: 'Planned maintenance of racks',
      services: [part],
      in: '2h',
      for: '1h',
    })
    const ahead = await state(page)
    expect(ahead.unwell).toEqual([])
    expect(ahead.open.map(one => [one.kind, one.status])).toEqual(
      maintenance === null ? [] : [['maintenance', maintenance[0]]],
    )
    expect(ahead.open.filter(isActive)).toEqual([])
    apply({ do: 'begin', id })
    const begun = await state(page)
    const under = maintenance?.[1] ?? null
    expect(begun.open.map(({ status }) => status)).toEqual(under === null ? [] : [under])
    apply({ do: 'complete', id })
    expect(await state(page)).toMatchObject({ open: [], unwell: [] })
  })
})

describe('oracle-components', () => {
  const open: StepInput = {
    do: 'open',
    id: 'oci',
    on: 'oracle',
    title: 'Slow volumes',
    impact: 'major',
    regions: ['eu-frankfurt-1'],
    services: ['Block Volumes'],
    text: 'We look into it.',
  }

  it('says what is open, where, and what it hits, until it is over', async () => {
    expect(await state('oracle-status')).toEqual({ open: [], ended: [], unwell: [] })
    apply(open)
    const opened = await state('oracle-status')
    expect(opened.open).toMatchObject([
      {
        status: 'investigating',
        impact: 'major',
        regions: ['oracle/eu-frankfurt-1'],
        services: ['Block Volumes'],
        startedAt: new Date(now).toISOString(),
      },
    ])
    expect(opened.unwell).toEqual([
      'Germany Central (Frankfurt): partial_outage',
      'Block Volumes, Germany Central (Frankfurt): partial_outage',
    ])
    apply({ do: 'spread', id: 'oci', regions: ['uk-london-1'], text: 'More regions are hit.' })
    apply({ do: 'identify', id: 'oci', text: 'It is a switch.' })
    expect((await state('oracle-status')).open).toMatchObject([
      {
        status: 'identified',
        regions: ['oracle/eu-frankfurt-1', 'oracle/uk-london-1'],
        updates: [{ text: 'It is a switch.' }, { text: 'More regions are hit.' }, { text: 'We look into it.' }],
      },
    ])
    apply({ do: 'resolve', id: 'oci' })
    const over = await state('oracle-status')
    expect(over).toMatchObject({ open: [], unwell: [] })
    expect(over.ended.map(({ status }) => status)).toEqual(['resolved'])
  })
})

it('every wire format that there is a reader for is simulated', async () => {
  const { readers } = await import('../../workers/formats/registry.ts')
  expect([...new Set(endpoints.map(({ kind }) => kind))].sort()).toEqual(Object.keys(readers).sort())
})
