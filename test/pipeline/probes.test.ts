import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Probe } from '../../shared/domain/probe.ts'
import { keys } from '../../shared/redis/keys.ts'
import { listen } from '../support/listener.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

const REGION = 'aws/eu-west-1'
const PROBE = 'aws-dublin-s3'

let stack: Stack
beforeAll(async () => {
  stack = await startStack({ story: 'road', environment: { PROBE_FROM: 'the test' } })
  await stack.ready()
  await until(async () => (await probes()).length === 2, 'both endpoints to be measured')
  await until(async () => (await status())?.freshness === 'live', 'the region to be rolled up')
})
afterAll(() => stack.close())

const json = async (path: string) => (await fetch(`${stack.url}${path}`)).json()
const probes = async (): Promise<Probe[]> => (await json('/api/probes')).probes
const status = async () => (await json(`/api/regions/${REGION}`)).region.status
const source = async () =>
  (await json('/api/sources?kind=probe')).sources.find(({ id }: { id: string }) => id === PROBE)

test('an endpoint that goes away and comes back is told to its region, whose status and sources stay as they were', async () => {
  const region = listen(stack.url, [`region/${REGION}`])
  const official = listen(stack.url, ['status'])
  await until(() => region.socket.connected && official.socket.connected, 'the sockets')
  const told = (reachable: boolean) => () =>
    region.events.some(
      ({ type, data }) => type === 'probe.changed' && 'reachable' in data && data.reachable === reachable,
    )
  const before = await status()

  stack.simulator.apply({ do: 'fail', source: PROBE, as: 'reset' })
  await until(told(false), 'the endpoint to be told unreachable')
  expect(await json(`/api/regions/${REGION}`)).toMatchObject({
    region: { status: before },
    probes: [{ id: PROBE, region: REGION, from: 'the test', reachable: false, httpStatus: null, firstByteMs: null }],
  })
  expect(before.status).toBe('operational')
  expect(await source()).toMatchObject({ failures: 0, error: null })
  const metrics = await (await fetch(`${stack.url}/metrics`)).text()
  expect(metrics).toContain(`nephoscope_probe_reachable{probe="${PROBE}"} 0`)
  expect(metrics).toContain('nephoscope_probe_reachable{probe="azure-weu-blob"} 1')
  expect(metrics).toMatch(/nephoscope_probe_seconds\{probe="azure-weu-blob",phase="connect"\} 0\.\d+/)

  stack.simulator.apply({ do: 'recover', source: PROBE })
  region.events.length = 0
  await until(told(true), 'the endpoint to be told reachable')
  expect(await status()).toEqual(before)
  expect(official.events.filter(({ type }) => type === 'probe.changed')).toEqual([])
  expect(region.events.filter(({ type }) => type === 'region.status')).toEqual([])
  region.close()
  official.close()
})

test('probes are filtered, and an answer that is not expected counts as out of reach', async () => {
  expect((await json('/api/probes?provider=azure')).probes.map(({ id }: Probe) => id)).toEqual(['azure-weu-blob'])
  expect((await json(`/api/probes?region=${REGION}`)).probes.map(({ id }: Probe) => id)).toEqual([PROBE])
  stack.simulator.apply({ do: 'fail', source: 'azure-weu-blob', as: 503 })
  await until(async () => (await probes()).some(({ error }) => error === 'HTTP 503'), 'the bad answer to be told')
})

test('a probe that leaves the sources file takes what it found with it, also when its id becomes another kind', async () => {
  const azure = `url: '${stack.simulator.url}/azure/en-us/status/feed/', private: true, provider: azure, every: 1s`
  await stack.configure(`simulated: true\nsources:\n  - { id: ${PROBE}, kind: azure-rss, ${azure} }\n`)
  await until(async () => (await probes()).length === 0, 'the probes to be gone')
  await until(
    async () => (await json('/api/sources?kind=azure-rss')).sources[0]?.lastOkAt != null,
    'the new kind to be read',
  )
  expect(await stack.redis.redis.hlen(keys.probes)).toBe(0)
})
