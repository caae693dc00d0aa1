import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { type Nginx, startNginx } from '../support/nginx.ts'
import { startPrometheus } from '../support/prometheus.ts'
import { raw } from '../support/raw.ts'
import { until } from '../support/temporary-redis.ts'
import { ADMIN, ask, VIEW, wallServers } from '../support/wall-servers.ts'

let servers: Awaited<ReturnType<typeof wallServers>>
let nginx: Nginx
/** Answers whatever it is asked, so that nginx alone decides. */
const lenient = createServer((_, response) => response.end('open'))
/** By how they tell their metrics. */
let open: string
let guarded: string
let apart: string
let metrics: string
beforeAll(async () => {
  const port = await freePort()
  metrics = `http://127.0.0.1:${port}`
  const both = { VIEW_TOKEN: VIEW, ADMIN_TOKEN: ADMIN }
  servers = await wallServers({}, both, { ...both, METRICS_PORT: String(port) })
  ;[open = '', guarded = '', apart = ''] = servers.urls
  await once(lenient.listen(0, '127.0.0.1'), 'listening')
  const { port: behind } = lenient.address() as AddressInfo // it listens on a port
  nginx = await startNginx([`http://127.0.0.1:${behind}`])
})
afterAll(async () => {
  await nginx.close()
  lenient.close()
  await servers.close()
})

/** Statuses of a path that is sent as it stands here. */
async function statusOf(url: string, path: string): Promise<number> {
  const client = raw(url, `GET ${path} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nConnection: close\r\n\r\n`)
  await client.closed
  return Number(client.answer().slice(9, 12))
}

const spellings = [
  ...['/METRICS', '/Metrics', '/metrics/', '//metrics', '/metrics//', '/metrics%2f', '/%6detrics', '/%4DETRICS'],
  ...['/./metrics', '/x/../metrics', '/metrics/.', '/x/%2e%2e/metrics', '/metrics;x', '/metrics%20'],
]

test('the metrics have one spelling', async () => {
  expect(await statusOf(open, '/metrics')).toBe(200)
  for (const path of [...spellings, '/HEALTHZ', '/healthz/', '/API/stats', '/api/stats/'])
    expect([path, await statusOf(open, path)]).toEqual([path, 404])
})

test('the nginx that we ship keeps them in, however they are spelled', async () => {
  for (const path of ['/metrics', '/metrics?x', '/metrics#x', `${nginx.url}/metrics`, ...spellings])
    expect([path, await statusOf(nginx.url, path)]).toEqual([path, 404])
  expect(await statusOf(nginx.url, '/api/metrics')).toBe(200)
})

test('with a view token set, they name stacks and incidents only to whoever may read', async () => {
  expect((await fetch(`${guarded}/metrics`)).status).toBe(401)
  const wrong = await ask(guarded, '/metrics', 'a-wrong-long-token')
  expect([wrong.status, wrong.body]).toMatchObject([401, { detail: expect.stringContaining('METRICS_PORT') }])
  for (const token of [VIEW, ADMIN]) {
    const { status, body } = await ask(guarded, '/metrics', token)
    expect([status, body]).toEqual([200, expect.stringContaining('nephoscope_ready 1')])
  }
})

test('Prometheus gives the token as its configuration says', async () => {
  const prometheus = await startPrometheus(guarded, VIEW)
  const isUp = async () => (await prometheus.query('up{job="nephoscope"} == 1')).length === 1
  await until(isUp, 'a scrape').finally(prometheus.close)
})

test('a port of their own has them and nothing else, and then no other has them', async () => {
  for (const token of ['', VIEW, ADMIN]) expect((await ask(apart, '/metrics', token)).status).toBe(404)
  const answer = await fetch(`${metrics}/metrics`)
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('nephoscope_ready 1')])
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  for (const path of ['/', '/healthz', '/api/stats', ...spellings])
    expect([path, await statusOf(metrics, path)]).toEqual([path, 404])
  expect((await fetch(`${metrics}/metrics`, { method: 'POST' })).status).toBe(405)
})
