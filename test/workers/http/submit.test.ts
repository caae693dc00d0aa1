import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { isPublicAddress } from '../../../workers/http/reach.ts'
import { openHttp, serve } from './loopback.ts'

const form = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.topic': 'https://blog.example.com/?a=1&b=2' })
const timeoutMs = 15_000

/** A server that remembers what it was posted, and answers as the path says: `/202`, `/307/202`. */
async function posted() {
  const seen: { method: string | undefined; type: string | undefined; body: string }[] = []
  const origin = await serve(async (incoming, response) => {
    seen.push({ method: incoming.method, type: incoming.headers['content-type'], body: await text(incoming) })
    const [, status, rest] = /^\/(\d{3})(.*)$/.exec(incoming.url ?? '') ?? []
    if (rest) response.setHeader('Location', rest)
    if (status === '429') response.setHeader('Retry-After', '120')
    response.writeHead(Number(status)).end('so be it')
  })
  return { origin, seen }
}

describe('a form', () => {
  test.each([200, 202, 204])('that is answered with %i was taken', async status => {
    const { origin, seen } = await posted()
    expect(await openHttp().post({ url: `${origin}/${status}`, form, timeoutMs })).toEqual({ kind: 'accepted', status })
    expect(seen).toEqual([{ method: 'POST', type: 'application/x-www-form-urlencoded', body: form.toString() }])
  })

  test.each([307, 308])('goes on with a %i, whole', async status => {
    const { origin, seen } = await posted()
    const receipt = await openHttp().post({ url: `${origin}/${status}/202`, form, timeoutMs })
    expect(receipt).toEqual({ kind: 'accepted', status: 202 })
    expect(seen[1]).toEqual(seen[0])
  })

  test.each([301, 302, 303])('is not made another request by a %i', async status => {
    const { origin, seen } = await posted()
    const receipt = await openHttp().post({ url: `${origin}/${status}/202`, form, timeoutMs })
    expect(receipt).toMatchObject({ kind: 'failed', status })
    expect(seen).toHaveLength(1)
  })

  test('that is refused says so, and how long to wait', async () => {
    const { origin } = await posted()
    const http = openHttp()
    expect(await http.post({ url: `${origin}/410`, form, timeoutMs })).toMatchObject({ status: 410, gone: true })
    expect(await http.post({ url: `${origin}/429`, form, timeoutMs })).toMatchObject({ retryAfterMs: 120_000 })
  })

  test('goes to no private address, not by a redirect either, and is bounded in time', async () => {
    const { origin, seen } = await posted()
    const guarded = openHttp({ isPublic: isPublicAddress })
    const refused = { kind: 'failed', status: null, reason: '127.0.0.1 is a private address' }
    expect(await guarded.post({ url: `${origin}/202`, form, timeoutMs })).toMatchObject(refused)
    const { port } = new URL(origin)
    const onlyIts = openHttp({
      lookup: async () => [{ address: '127.0.0.1', family: 4 }],
      isPublic: address => address === '127.0.0.1',
    })
    const redirected = await onlyIts.post({ url: `http://hub.example:${port}/307http://10.0.0.1/`, form, timeoutMs })
    expect(redirected).toMatchObject({ reason: '10.0.0.1 is a private address' })
    expect(seen).toHaveLength(1)
    const hanging = await serve(() => {})
    expect(await openHttp().post({ url: hanging, form, timeoutMs: 200 })).toMatchObject({
      reason: 'timeout after 0.2 s',
    })
  })
})
