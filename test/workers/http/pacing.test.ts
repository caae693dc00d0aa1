import { expect, test } from 'vitest'
import { createPacing, GAP_MS } from '../../../workers/http/pacing.ts'
import { openHttp, publicRequest, request, serve } from './loopback.ts'

const anywhere = { isPublic: () => true }

test('requests to one host begin a little apart, first come, first served', async () => {
  const pacing = createPacing(() => performance.now())
  const { signal } = new AbortController()
  const order: string[] = []
  const begun: number[] = []
  const begin = async (name: string) => {
    await pacing.begin('h', signal)
    order.push(name)
    begun.push(performance.now())
  }
  await Promise.all([begin('first'), begin('second'), begin('third')])
  expect(order).toEqual(['first', 'second', 'third'])
  const [first = 0, second = 0, third = 0] = begun
  // a timer of Node's may be early by less than a millisecond
  expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(GAP_MS - 1)
})

test('hosts do not wait for each other, and our own machine is not waited for where it may be read', async () => {
  const order: string[] = []
  const [a, b] = await Promise.all(
    ['a', 'b'].map(name =>
      serve((_, response) => {
        order.push(name)
        response.end()
      }),
    ),
  )
  const http = openHttp(anywhere)
  await Promise.all([http.get(publicRequest(`${a}`)), http.get(publicRequest(`${a}`)), http.get(publicRequest(`${b}`))])
  expect(order.at(-1)).toBe('a')

  let asked = 0
  const busy = await serve((_, response) => {
    asked++
    response.writeHead(503, { 'retry-after': '60' }).end()
  })
  const free = openHttp()
  await free.get(request(busy))
  await free.get(request(busy))
  expect(asked).toBe(2)
})

test('a host that asks for peace is left alone by everybody until it is over', async () => {
  let asked = 0
  const origin = await serve((incoming, response) => {
    asked++
    if (incoming.url === '/busy') response.writeHead(429, { 'retry-after': '60' }).end()
    else if (incoming.url === '/missing') response.writeHead(404, { 'retry-after': '60' }).end()
    else response.end('well')
  })
  const http = openHttp(anywhere)
  expect(await http.get(publicRequest(`${origin}/missing`))).toMatchObject({ kind: 'failed', status: 404 })
  expect(await http.get(publicRequest(`${origin}/well`))).toMatchObject({ kind: 'fresh' })
  expect(await http.get(publicRequest(`${origin}/busy`))).toMatchObject({
    kind: 'failed',
    status: 429,
    retryAfterMs: 60_000,
  })
  const held = await http.get(publicRequest(`${origin}/well`))
  expect(held).toMatchObject({ kind: 'held', host: new URL(origin).host, latencyMs: null })
  expect(asked).toBe(3)
})

test('peace ends, lasts an hour at most, and is not cut short by a shorter wish', () => {
  let now = 0
  const pacing = createPacing(() => now)
  pacing.hold('h', 5_000)
  pacing.hold('h', 1_000)
  expect(pacing.heldMs('h')).toBe(5_000)
  now = 5_000
  expect(pacing.heldMs('h')).toBe(0)
  pacing.hold('h', 24 * 3_600_000)
  expect(pacing.heldMs('h')).toBe(3_600_000)
  expect(pacing.heldMs('other')).toBe(0)
})

test('whoever gives up while waiting lets the next one begin', async () => {
  const pacing = createPacing(() => performance.now())
  const leaving = new AbortController()
  await pacing.begin('h', new AbortController().signal)
  const gone = pacing.begin('h', leaving.signal)
  const next = pacing.begin('h', new AbortController().signal)
  leaving.abort(new Error('given up'))
  await expect(gone).rejects.toThrow('given up')
  await next
})
