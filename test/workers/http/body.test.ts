import { once } from 'node:events'
import { pipeline } from 'node:stream'
import zlib from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openHttp, request, serve, textOf } from './loopback.ts'

const page = 'All regions are well. '.repeat(5_000)

const serveEncoded = (coding: string, body: Uint8Array) =>
  serve((_, response) => response.writeHead(200, { 'content-encoding': coding }).end(body))

function* forever(chunk: Uint8Array) {
  while (true) yield chunk
}

describe('a body', () => {
  test.each([
    ['gzip', zlib.gzipSync(page)],
    ['x-gzip', zlib.gzipSync(page)],
    ['GZIP', zlib.gzipSync(page)],
    ['br', zlib.brotliCompressSync(page)],
    ['deflate', zlib.deflateSync(page)],
    ['deflate', zlib.deflateRawSync(page)],
    ['identity', Buffer.from(page)],
    ['', Buffer.from(page)],
    ['none', Buffer.from(page)],
    ['UTF-8', Buffer.from(page)],
    ['"identity"', Buffer.from(page)],
    ['iso-8859-1', Buffer.from(page)],
    ['text/xml; charset=utf-8', Buffer.from(page)],
    ['8bit', Buffer.from(page)],
    ['binary', Buffer.from(page)],
    ['gzip, identity', zlib.gzipSync(page)],
    ['identity,gzip', zlib.gzipSync(page)],
    ['utf-8, gzip', zlib.gzipSync(page)],
    ['aws-chunked', Buffer.from(page)],
    ['x-deflate', zlib.deflateSync(page)],
  ])('in %s is decoded', async (coding, body) => {
    const outcome = await openHttp().get(request(await serveEncoded(coding, body)))
    expect(outcome.kind === 'fresh' && textOf(outcome.body)).toBe(page)
  })

  test.each([
    ['gzip', zlib.gzipSync(page)],
    ['br', zlib.brotliCompressSync(page)],
    ['deflate', zlib.deflateSync(page)],
  ])('in %s that is broken, cut short or empty is a failure', async (coding, body) => {
    const http = openHttp()
    for (const bytes of [Buffer.from('<html>hello</html>'), body.subarray(0, body.length - 12), Buffer.alloc(0)]) {
      expect(await http.get(request(await serveEncoded(coding, bytes)))).toEqual({
        kind: 'failed',
        status: null,
        reason: `the body is not complete and valid ${coding}`,
        retryAfterMs: null,
        gone: false,
        latencyMs: expect.any(Number),
      })
    }
  })

  test('in an encoding that was not asked for is a failure', async () => {
    for (const coding of ['zstd', 'gzip, gzip', 'compress', 'dcb'])
      expect(await openHttp().get(request(await serveEncoded(coding, Buffer.from(page))))).toMatchObject({
        reason: `the content encoding '${coding}' was not asked for (gzip, br, deflate)`,
      })
  })

  test('may be as large as the limit and not a byte larger', async () => {
    const origin = await serve((incoming, response) => response.end(Buffer.alloc(Number(incoming.url?.slice(1)))))
    const http = openHttp({ maxBytes: 100_000 })
    expect(await http.get(request(`${origin}/100000`))).toMatchObject({ kind: 'fresh' })
    expect(await http.get(request(`${origin}/100001`))).toMatchObject({
      kind: 'failed',
      reason: 'the body is over 0.1 MB',
    })
  })

  test('of 8 MB is read by default, one of more is not', async () => {
    const origin = await serve((incoming, response) => response.end(Buffer.alloc(Number(incoming.url?.slice(1)))))
    const http = openHttp()
    const outcome = await http.get(request(`${origin}/8000000`))
    expect(outcome.kind === 'fresh' && outcome.body.length).toBe(8_000_000)
    expect(await http.get(request(`${origin}/8000001`))).toMatchObject({ reason: 'the body is over 8 MB' })
  })

  test('without an end is dropped at the limit, and so is its connection', async () => {
    const closed: Promise<unknown>[] = []
    const origin = await serve((_, response) => {
      closed.push(once(response, 'close'))
      pipeline(forever(Buffer.alloc(65_536)), response, () => {})
    })
    expect(await openHttp().get(request(origin))).toMatchObject({ kind: 'failed', reason: 'the body is over 8 MB' })
    await Promise.all(closed)
  })

  test.each([
    ['gzip', () => zlib.createGzip()],
    ['br', () => zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } })],
    ['deflate', () => zlib.createDeflateRaw()],
  ])(
    'that is a %s bomb without an end is dropped when its content reaches the limit',
    async (coding, createEncoder) => {
      let sent = 0
      const origin = await serve((_, response) => {
        response.writeHead(200, { 'content-encoding': coding })
        const encoder = createEncoder()
        encoder.on('data', chunk => {
          sent += chunk.length
        })
        pipeline(forever(Buffer.alloc(1_000_000)), encoder, response, () => {})
      })
      expect(await openHttp().get(request(origin))).toMatchObject({ kind: 'failed', reason: 'the body is over 8 MB' })
      expect(sent).toBeLessThan(8_000_000)
    },
  )

  test('that unfolds to nothing without an end is dropped when the wire reaches the limit', async () => {
    const emptyMembers = Buffer.concat(Array.from({ length: 1_000 }, () => zlib.gzipSync('')))
    const origin = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      pipeline(forever(emptyMembers), response, () => {})
    })
    expect(await openHttp({ maxBytes: 1_000_000 }).get(request(origin))).toMatchObject({
      reason: 'the body is over 1 MB',
    })
  })
})
