import { describe, expect, it } from 'vitest'
import { loadKnownNames } from '../../workers/config/known-names.ts'
import { parseSources } from '../../workers/config/source-config.ts'
import { targetKinds } from '../../workers/notify/targets/registry.ts'
import { startSimulator } from './server.ts'
import { simulatedSources } from './sources.ts'
import { loadStory, parseStory } from './story.ts'

const demo = loadStory(new URL('./stories/demo.yaml', import.meta.url))
const road = loadStory(new URL('./stories/road.yaml', import.meta.url))

const story = (steps: string, before = '[]'): string => `{ title: T, length: 10s, before: ${before}, steps: ${steps} }`

describe('a story', () => {
  it('reads times in ms', () => {
    const steps = '[{ at: 1m30s, do: fail, source: github, retryAfter: 2s }]'
    expect(parseStory(story(steps).replace('10s', '2m'), 's.yaml').steps).toEqual([
      { at: 90_000, step: { do: 'fail', source: 'github', as: 503, retryAfter: 2000 } },
    ])
  })

  it.each([
    [
      '[{ at: soon, do: recover, source: github }]',
      's.yaml: step 1: at: write a duration such as 45s, 10m, 2h or 1d12h',
    ],
    ['[{ at: 1s, do: recover }]', 's.yaml: step 1: source: Invalid input'],
    ['[{ at: 1s, do: identify, id: ghost }]', "s.yaml: step 1 (identify): nothing is called 'ghost'"],
    [
      '[{ at: 2s, do: recover, source: github }, { at: 1s, do: recover, source: github }]',
      's.yaml: step 2 comes before the one above it: put them in order of time',
    ],
    ['[{ at: 11s, do: recover, source: github }]', 's.yaml: length: make it 11s or more'],
    [
      '[{ at: 1s, do: begin, id: b }]',
      "s.yaml: step 1 (begin): incident 'b' cannot begin: use spread, update, identify, monitor, resolve",
    ],
  ])('that is wrong is refused with one line: %s', (steps, message) => {
    const before = '[{ ago: 1h, do: open, id: b, on: github, title: T }]'
    expect(() => parseStory(story(steps, before), 's.yaml')).toThrow(message)
  })

  it('that cannot be told twice is refused', () => {
    const before = '[{ ago: 1h, do: open, id: b, on: github, title: T }]'
    expect(() => parseStory(story('[{ at: 1s, do: resolve, id: b }]', before), 's.yaml')).toThrow(
      "in the second round, step 1 (resolve): 'b' is over already",
    )
  })
})

describe('the demo', () => {
  const at = (action: string, id: string) =>
    demo.steps.find(({ step }) => step.do === action && 'id' in step && step.id === id)?.at

  it('holds a history, what lasts, what is ahead and about forty articles before it starts', () => {
    const verbs = demo.before.map(({ step }) => step.do)
    expect(verbs.filter(verb => verb === 'resolve').length).toBeGreaterThanOrEqual(4)
    expect(verbs).toContain('schedule')
    expect(verbs.filter(verb => verb === 'publish').length).toBeGreaterThanOrEqual(40)
  })

  it('opens in West Europe within 15 s, spreads, and resolves at 150 s', () => {
    expect(at('open', 'we-network')).toBeLessThanOrEqual(15_000)
    expect(['identify', 'spread', 'monitor', 'resolve'].map(verb => at(verb, 'we-network'))).toEqual([
      45_000, 70_000, 120_000, 150_000,
    ])
  })

  it('tells the account of Cloud Storage more than a minute before everybody, and has somebody who takes that', async () => {
    const told = at('tell', 'own-buckets') ?? Number.NaN
    expect((at('open', 'gcp-storage') ?? 0) - told).toBeGreaterThanOrEqual(60_000)
    const demo = { every: '2s', hasTeams: true, accountSecret: 'SOURCE_SECRET', messagesTo: 'http://127.0.0.1:1' }
    const known = await loadKnownNames(new URL('../../shared/', import.meta.url))
    const file = parseSources(
      simulatedSources('http://127.0.0.1:2', demo),
      'demo.yaml',
      { SOURCE_SECRET: 'a-secret-of-the-demo' },
      { ...known, targets: targetKinds },
    )
    if (!file.ok) expect.fail(file.error)
    expect(file.value.sources.filter(({ kind }) => kind === 'inbound')).toMatchObject([{ id: 'our-google' }])
    expect(file.value.notify.rules).toMatchObject([{ rule: { stack: 'shop', to: ['console'] } }])
  })

  it('has an article at least every 20 s', () => {
    const times = demo.steps.filter(({ step }) => step.do === 'publish').map(item => item.at)
    const gaps = times.map((time, index) => time - (times[index - 1] ?? 0))
    expect(Math.max(...gaps, demo.length - (times.at(-1) ?? 0))).toBeLessThanOrEqual(20_000)
  })

  it.each([
    ['demo', demo],
    ['road', road],
  ])(
    'and the road leave open at the end what was open at the beginning, and every source well: %s',
    async (_, told) => {
      const simulator = await startSimulator({ story: told })
      const open = () => simulator.world.incidents.filter(one => one.endedAt === null).map(one => one.id)
      const before = open()
      while (simulator.step()) {}
      expect(open()).toEqual(before)
      expect(simulator.world.faults.size).toBe(0)
      await simulator.close()
    },
  )
})
