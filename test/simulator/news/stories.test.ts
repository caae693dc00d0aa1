import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CUSTOMER_STORIES } from '../../../shared/domain/article.ts'
import { withPast } from '../past/with-past.ts'
import { read, sourcesOf } from '../reading.ts'
import { type Simulator, startSimulator } from '../server.ts'
import { loadStory } from '../story.ts'
import { newsroom } from './stories.ts'

const storyFile = (name: string): URL => new URL(`../stories/${name}.yaml`, import.meta.url)
const surroundings = { today: loadStory(storyFile('today')), news: newsroom(storyFile('news')) }

let simulator: Simulator
beforeAll(async () => {
  const story = withPast(loadStory(storyFile('demo')), surroundings, 3, Date.now())
  simulator = await startSimulator({ story, isDemo: true })
})
afterAll(() => simulator.close())

const articles = async () =>
  (await Promise.all(sourcesOf(simulator).map(source => read(source)))).flatMap(one => one.articles)

describe('the news of the demo', () => {
  it('name a picture each, which is drawn, 16:9 or a portrait', async () => {
    const told = await articles()
    expect(told.length).toBeGreaterThanOrEqual(50)
    for (const { image, topics } of told.slice(0, 12).concat(told.filter(one => one.quote).slice(0, 2))) {
      const answer = await fetch(String(image))
      expect(answer.headers.get('content-type')).toBe('image/jpeg')
      const { width = 0, height = 1, format } = await sharp(await answer.arrayBuffer()).metadata()
      expect(format).toBe('jpeg')
      expect(width / height).toBeCloseTo(topics.includes(CUSTOMER_STORIES) ? 1 : 16 / 9)
    }
  })

  it('hold eight stories of customers, each with who says what', async () => {
    const stories = (await articles()).filter(({ quote }) => quote !== undefined)
    expect(new Set(stories.map(({ quote }) => quote?.name)).size).toBe(8)
    for (const { quote, topics, providers } of stories) {
      expect([quote?.role, quote?.company].every(Boolean)).toBe(true)
      expect(topics).toContain(CUSTOMER_STORIES)
      expect(providers.length).toBeGreaterThan(0)
    }
  })

  it('are never told twice, however long it runs', () => {
    for (let count = 0; count < 3000; count++) simulator.step({ loop: true })
    const titles = simulator.applied.flatMap(({ step }) => (step.do === 'publish' ? [step.title] : []))
    expect(titles.length).toBeGreaterThan(1000)
    expect(new Set(titles).size).toBe(titles.length)
  })
})

it('an article has no picture unless pictures are asked for', async () => {
  const plain = await startSimulator({ story: loadStory(storyFile('road')) })
  while (plain.step()) {}
  const told = (await Promise.all(sourcesOf(plain).map(source => read(source)))).flatMap(one => one.articles)
  expect(told.length).toBeGreaterThan(0)
  expect(told.every(({ image }) => image === null)).toBe(true)
  await plain.close()
})
