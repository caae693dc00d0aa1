import { afterEach, describe, expect, it } from 'vitest'
import { isActive, isEnded } from '../../shared/domain/incident.ts'
import type { ReadSource } from '../../workers/config/source-config.ts'
import { read, sourcesOf } from './reading.ts'
import { type Simulator, startSimulator } from './server.ts'
import { loadStory } from './story.ts'
import { affected, clouds, type Incident, sourceId } from './world.ts'

/** A title with its regions; once per region for AWS. */
const expected = (incident: Incident): string[] => {
  const codes = affected(incident).filter(code => code !== 'eu' && code !== 'global')
  const regions = codes.map(code => `${incident.on}/${code}`).sort()
  const title = incident.title.replace('**Title:** ', '')
  return incident.on === 'aws' ? regions.map(region => `${title} @ ${region}`) : [`${title} @ ${regions.join(' ')}`]
}

const road = loadStory(new URL('./stories/road.yaml', import.meta.url))
const demo = loadStory(new URL('./stories/demo.yaml', import.meta.url))

let simulator: Simulator
afterEach(() => simulator.close())

describe('its reader', () => {
  it.each([
    ['road', road],
    ['demo', demo],
  ])('finds in every source what is open, and where, after each step of the %s', async (_, story) => {
    simulator = await startSimulator({ story })
    const sources = sourcesOf(simulator)
    for (const source of sources) await compare(source)
    for (let applied = simulator.step(); applied; applied = simulator.step()) {
      const source = sources.find(({ id }) => id === applied?.source)
      if (source && !simulator.world.faults.has(source.id)) await compare(source)
    }
    for (const source of sources) await compare(source)
  })

  async function compare(source: ReadSource): Promise<void> {
    const { incidents, articles } = await read(source)
    const regional = clouds.some(cloud => cloud === source.provider)
    const found = incidents.filter(incident => !isEnded(incident))
    expect(found.map(({ title, regions }) => `${title} @ ${regional ? regions.join(' ') : ''}`).sort()).toEqual(
      open(source).flatMap(expected).sort(),
    )
    const feed = simulator.world.feeds.find(candidate => candidate.name === source.id)
    expect(articles.map(article => article.title).sort()).toEqual(
      (feed?.articles ?? []).map(article => article.title).sort(),
    )
  }

  it('reads the phases of a status page and the words of the clouds as what they are', async () => {
    simulator = await startSimulator({ story: road })
    const watched = sourcesOf(simulator).filter(({ id }) => ['azure-status', 'aws-status', 'github'].includes(id))
    while (simulator.step()) {
      for (const source of watched) {
        const told = open(source).map(({ title, phase }) => `${title}: ${phase}`)
        for (const { title, status } of (await read(source)).incidents.filter(isActive)) {
          expect(told).toContain(`${title}: ${status}`)
        }
      }
    }
  })

  it('finds the events of AWS in their RSS as well', async () => {
    let now = Date.now() - 3_600_000
    const clock = () => {
      now += 1000 // guids differ by the second
      return now
    }
    simulator = await startSimulator({ story: road, clock })
    while (simulator.step()) {}
    const url = `${simulator.url}/aws/rss/all.rss`
    const { incidents } = await read({
      id: 'aws-rss',
      kind: 'aws-rss',
      url,
      provider: 'aws',
      everyMs: 2000,
      name: 'AWS',
      topics: [],
    })
    expect(incidents.map(({ title, regions, status }) => [title, regions, status])).toEqual(
      expect.arrayContaining([
        ['Increased Launch Failures', ['aws/us-east-1'], 'resolved'],
        ['Increased Launch Failures', ['aws/us-west-2'], 'resolved'],
      ]),
    )
  })
})

const open = (source: ReadSource): Incident[] =>
  simulator.world.incidents.filter(incident => incident.endedAt === null && sourceId(incident.on) === source.id)
