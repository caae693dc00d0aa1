import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Incident } from '../../shared/domain/incident.ts'
import { listen } from '../support/listener.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack({ story: 'road', every: '1s' })
  await stack.ready()
})
afterAll(() => stack.close())

const json = async (path: string) => (await fetch(`${stack.url}${path}`)).json()
const incidents = async (query: string): Promise<Incident[]> => (await json(`/api/incidents?${query}`)).incidents

/** The incident of this title, once the newest words of it say this. */
async function saying(title: string, text: string): Promise<Incident> {
  let found: Incident | undefined
  await until(async () => {
    found = (await incidents('provider=azure&state=all&limit=500')).find(incident => incident.title === title)
    return found?.entries[0]?.text.includes(text) === true
  }, `the words '${text}'`)
  if (found === undefined) throw new Error('it was found')
  return found
}

test('a source that rewrites one item five times under one date: five entries, five items, and the region that left', async () => {
  const title = 'Storage rewritten in place'
  const away = 'azure/northeurope'
  const listener = listen(stack.url, [`region/${away}`], '0-0')
  const at = { id: 'rewritten', services: ['Storage'] }
  stack.simulator.apply({
    ...at,
    do: 'open',
    on: 'azure',
    title,
    regions: ['westeurope', 'northeurope'],
    text: 'Word 1.',
  })
  const updated = [(await saying(title, 'Word 1.')).updatedAt]
  for (const n of [2, 3, 4, 5]) {
    const cleared = n === 4 ? ['northeurope'] : []
    stack.simulator.apply({ do: 'update', id: at.id, regions: [], services: [], cleared, text: `Word ${n}.` })
    updated.push((await saying(title, `Word ${n}.`)).updatedAt)
  }

  const told = await saying(title, 'Word 5.')
  expect(told.entries.map(({ n }) => n)).toEqual([5, 4, 3, 2, 1])
  for (const { n, text } of told.entries) expect(text).toContain(`Word ${n}.`)
  const seen = told.entries.map(({ seenAt }) => seenAt ?? '')
  expect([new Set(seen).size, seen.toSorted().reverse()]).toEqual([5, seen])
  expect(told.entries.filter(({ saidAt }) => saidAt !== null).map(({ n }) => n)).toEqual([1])
  expect(new Set(updated).size).toBe(5)
  expect(updated.toSorted()).toEqual(updated)

  for (const channel of [`incident/${told.id}`, `region/${away}`]) {
    const feed: { items: { id: string; content_text: string }[] } = await json(`/feeds/${channel}.json`)
    const items = feed.items.filter(({ id }) => id.includes(told.id))
    expect(new Set(items.map(({ id }) => id)).size).toBe(5)
    for (const n of [1, 2, 3, 4, 5])
      expect(items.filter(item => item.content_text.includes(`Word ${n}.`))).toHaveLength(1)
  }
  expect(told.regions).toEqual(['azure/westeurope'])
  expect(told.everRegions).toMatchObject([
    { region: away, to: told.entries[1]?.seenAt },
    { region: 'azure/westeurope', to: null },
  ])

  // Azure takes an item away when it is over.
  stack.simulator.apply({ do: 'resolve', id: at.id, regions: [], services: [], cleared: [] })
  await saying(title, 'No longer listed')
  const past = await incidents(`region=${encodeURIComponent(away)}&state=ended`)
  expect(past.map(incident => incident.title)).toContain(title)
  await until(() => JSON.stringify(listener.events).includes('No longer listed'), 'the end in the channel', 10)
  const numbers = listener.events.flatMap(event =>
    event.type.startsWith('incident.') && 'everRegions' in event.data && event.data.id === told.id
      ? event.data.entries.map(({ n }) => n)
      : [],
  )
  expect(numbers).toEqual([1, 2, 3, 4, 5, 6])
  listener.close()
})
