import { afterAll, beforeAll, expect, test } from 'vitest'
import { simulatedSources } from '../simulator/sources.ts'
import { followStream } from '../support/event-source.ts'
import { listen } from '../support/listener.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack({ story: 'demo', every: '1s' })
  await stack.ready()
  await until(async () => (await json('/api/sources?state=unread')).sources.length === 0, 'every source to be read')
  await until(async () => (await json('/api/stats')).regionsLive > 100, 'the regions to be rolled up')
  await run('shop: aws/lambda@us-east-1', 'site: azure/westeurope')
})
afterAll(() => stack.close())

const json = async (path: string) => (await fetch(`${stack.url}${path}`)).json()
const badge = async (channel: string) => (await fetch(`${stack.url}/badge/${channel}.svg`)).text()

/** Writes stacks of one use each into the sources file, and waits until the server knows them. */
async function run(...stacks: string[]): Promise<void> {
  const lines = stacks.map(text => {
    const [id, use] = text.split(': ')
    return `  - { id: ${id}, name: The ${id}, uses: ["${use}"] }`
  })
  await stack.configure(`${simulatedSources(stack.simulator.url, { every: '1s' })}\nstacks:\n${lines.join('\n')}\n`)
  await until(async () => {
    const known = (await json('/api/stacks')).stacks.map(
      ({ id, uses }: { id: string; uses: string[] }) => `${id}: ${uses}`,
    )
    return stacks.every(one => known.includes(one))
  }, 'the stacks')
}

test('what a provider says of a service in a region reaches the channels of service and stack, and no other', async () => {
  const channels = ['stack/shop', 'service/aws/lambda', 'region/aws/us-east-1/lambda', 'vendor/aws']
  const others = ['stack/site', 'service/aws/sqs', 'region/aws/us-east-1/sqs', 'vendor/google']
  const listeners = [...channels, ...others].map(channel => listen(stack.url, [channel]))
  const stream = followStream(`${stack.url}/api/stream?channels=stack/shop`)
  await until(() => listeners.every(({ socket }) => socket.connected), 'the sockets')
  await until(() => stream.messages.length > 0, 'the stream')
  stack.simulator.apply({
    ...{ do: 'open', id: 'functions', on: 'aws', title: 'Functions fail to start' },
    ...{ regions: ['us-east-1'], services: ['AWS Lambda'] },
  })
  const isTold = (told: unknown) => JSON.stringify(told).includes('Functions fail to start')
  await until(() => listeners.slice(0, channels.length).every(({ events }) => isTold(events)), 'the incident')
  await until(() => isTold(stream.messages), 'the incident in the stream')
  expect(listeners.slice(channels.length).map(({ events }) => isTold(events))).toEqual(others.map(() => false))
  for (const channel of channels) expect(isTold(await json(`/feeds/${channel}.json`))).toBe(true)
  for (const channel of channels) expect(await badge(channel)).not.toMatch(/: (operational|unknown)</)
  expect(await badge('stack/shop')).toContain('<title>The shop: ')
  const { incidents } = await json('/api/stacks/shop')
  expect(incidents.map(({ reasons }: { reasons: unknown[] }) => reasons[0])).toContainEqual(
    expect.objectContaining({ kind: 'service', strength: 'certain', use: 'aws/lambda@us-east-1' }),
  )
  for (const one of listeners) one.close()
  stream.close()
})

test('when the sources file moves a stack, whoever follows it starts anew with what concerns it now', async () => {
  const [shop, aws] = [listen(stack.url, ['stack/shop']), listen(stack.url, ['provider/aws'])]
  await until(() => shop.socket.connected && aws.socket.connected, 'the sockets')
  await run('shop: google/us-central1', 'site: azure/westeurope')
  await until(() => shop.resets.length === 1, 'the reset')
  expect(shop.resets[0]?.snapshot.statuses.map(({ region }) => region)).toEqual(['google/us-central1'])
  expect(aws.resets).toEqual([])
  shop.close()
  aws.close()
})

test('a name that does not exist is refused with the nearest that does', async () => {
  const { socket, close } = listen(stack.url, ['all'])
  await until(() => socket.connected, 'the socket')
  const refused = (channel: string) => socket.emitWithAck('subscribe', [channel])
  expect(await refused('service/aws/lamda')).toEqual({
    ok: false,
    error: "there is no service 'aws/lamda': did you mean aws/lambda?",
  })
  expect(await refused('vendor/strpie')).toMatchObject({ error: "there is no vendor 'strpie': did you mean stripe?" })
  expect((await json('/api/events?channels=stack/shopp')).detail).toContain('did you mean shop?')
  close()
})
