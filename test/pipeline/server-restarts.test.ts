import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen } from '../support/listener.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack({ story: 'road' })
  await stack.ready()
})
afterAll(() => stack.close())

test('a server restarted ten times under fifty clients leaves each with exactly the events of its channels, in order', async () => {
  const choices = [
    ['all'],
    ['status'],
    ['news', 'region/azure/westeurope'],
    ['provider/aws', 'region/aws/us-east-1', 'status'],
    ['country/nl'],
  ]
  const clients = Array.from({ length: 50 }, (_, i) => {
    const channels = choices[i % choices.length] ?? []
    return { channels, listener: listen(stack.url, channels, '0-0') }
  })
  for (let restart = 0; restart < 10; restart++) {
    stack.simulator.step()
    stack.simulator.step()
    await sleep(300 + Math.random() * 500)
    await stack.server.stop(restart % 2 === 0 ? 'SIGKILL' : 'SIGTERM')
    stack.simulator.step()
    await sleep(Math.random() * 400)
    stack.server.start()
  }
  await stack.ready()
  await sleep(2_000)
  await stack.workers.stop()

  const stream = await stack.stream()
  const idsOf = (channels: string[]) =>
    stream.filter(event => event.channels.some(channel => channels.includes(channel))).map(({ id }) => id)
  for (const { channels, listener } of clients) {
    const expected = idsOf(channels)
    await until(() => listener.events.length >= expected.length, `a client of ${channels} to be current`)
    expect(listener.resets).toEqual([])
    expect(listener.events.map(({ id }) => id)).toEqual(expected)
    listener.close()
  }
})
