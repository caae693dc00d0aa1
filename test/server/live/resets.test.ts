import { afterEach, expect, test } from 'vitest'
import { type Listener, listen } from '../../support/listener.ts'
import { until } from '../../support/temporary-redis.ts'
import { countedView, liveServer } from './fanout/live-server.ts'

let listeners: Listener[] = []
afterEach(() => {
  for (const listener of listeners) listener.close()
  listeners = []
})

const resetsOf = (some: readonly Listener[]) => some.map(({ resets }) => resets.length)

test('clients of the same channels that are reset together cost one encoding, and each gets the same', async () => {
  const server = await liveServer(true)
  const follow = (channels: string[]) => {
    const made = Array.from({ length: 25 }, () => listen(server.url, channels))
    listeners.push(...made)
    return made
  }
  const [everything, aws, azure] = [follow(['all']), follow(['provider/aws', 'news']), follow(['provider/azure'])]
  await until(() => listeners.every(({ socket }) => socket.connected), 'the sockets')
  await until(() => server.live.connected() === 75, 'all to be counted')
  // A message after the join shows that it is over.
  server.tell({ channels: ['all', 'news', 'provider/azure'] })
  await until(() => listeners.every(({ events }) => events.length === 1), 'all to be live')

  const { view, encodings } = countedView('2-0')
  server.current.replace(view)
  server.live.reset('rebuilt')
  await until(() => resetsOf(listeners).every(count => count === 1), 'the resets')
  expect(encodings()).toBe(2) // once for 'all', once for the provider; the third set of channels has no incident
  for (const [some, found] of [
    [everything, ['s/one']],
    [aws, ['s/one']],
    [azure, []],
  ] as const)
    for (const { resets } of some) expect(resets[0]?.snapshot.incidents.map(({ id }) => id)).toEqual(found)

  server.live.reset('rebuilt')
  await until(() => resetsOf(listeners).every(count => count === 2), 'the resets')
  expect(encodings()).toBe(2)
  await server.live.close()
})
