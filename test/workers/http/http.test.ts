import { once } from 'node:events'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { openHttp, request, serve, textOf, unusedPort } from './loopback.ts'

const sameTag = '"v1"'
const sameDate = 'Tue, 24 Nov 2026 10:00:00 GMT'

describe('an answer', () => {
  test('comes with its body, its validators and how long it stays good', async () => {
    const origin = await serve((_, response) => {
      response.setHeader('content-type', 'text/xml; charset=utf-8')
      response.setHeader('etag', sameTag)
      response.setHeader('last-modified', sameDate)
      response.setHeader('cache-control', 'public, max-age=60')
      response.setHeader('age', '10')
      response.end('<rss/>')
    })
    const outcome = await openHttp().get(request(`${origin}/feed?page=1#top`))
    expect(outcome).toEqual({
      kind: 'fresh',
      status: 200,
      body: new TextEncoder().encode('<rss/>'),
      contentType: 'text/xml; charset=utf-8',
      etag: sameTag,
      lastModified: sameDate,
      date: expect.stringMatching(/ GMT$/),
      maxAgeMs: 50_000,
      link: null,
      url: `${origin}/feed?page=1`,
      movedTo: null,
      latencyMs: expect.any(Number),
    })
  })

  test('was asked for with our name, what the reader accepts and no cookies, and without the fragment', async () => {
    const seen: { url: string | undefined; headers: IncomingHttpHeaders }[] = []
    const origin = await serve((incoming, response) => {
      seen.push({ url: incoming.url, headers: incoming.headers })
      response.setHeader('set-cookie', 'session=1')
      response.end()
    })
    const http = openHttp()
    await http.get(request(`${origin}/a#b`, { accept: 'application/json' }))
    await http.get(request(`${origin}/a#b`, { accept: 'application/json' }))
    expect(seen).toHaveLength(2)
    for (const { url, headers } of seen) {
      expect(url).toBe('/a')
      expect(headers).toMatchObject({ 'user-agent': 'Nephoscope-Test/1', accept: 'application/json' })
      expect(headers.cookie).toBeUndefined()
      expect(headers['if-none-match']).toBeUndefined()
    }
  })

  test('without the headers that we look for has null in their places', async () => {
    const origin = await serve((_, response) => response.end('x'))
    expect(await openHttp().get(request(origin))).toMatchObject({
      kind: 'fresh',
      contentType: null,
      etag: null,
      lastModified: null,
      maxAgeMs: null,
    })
  })

  test('whose validators could not be sent back loses them', async () => {
    const origin = await serve((_, response) => {
      response.setHeader('etag', `"${'x'.repeat(300)}"`)
      response.setHeader('last-modified', 'gestern, h\xf6chstens')
      response.end()
    })
    expect(await openHttp().get(request(origin))).toMatchObject({ kind: 'fresh', etag: null, lastModified: null })
  })

  test('leaves its connection open for the requests that follow', async () => {
    const ports = new Set<number | undefined>()
    const origin = await serve((incoming, response) => {
      ports.add(incoming.socket.remotePort)
      response.end('x')
    })
    const http = openHttp()
    for (let n = 0; n < 6; n++) await http.get(request(origin))
    expect(ports.size).toBeLessThanOrEqual(2)
  })

  test('that is only a part, or none, is a failure and not an empty page', async () => {
    for (const status of [202, 204, 206]) {
      const origin = await serve((_, response) => response.writeHead(status).end())
      expect(await openHttp().get(request(origin))).toMatchObject({ kind: 'failed', status, reason: `HTTP ${status}` })
    }
  })
})

describe('an answer that is known already', () => {
  const revalidating = (response: ServerResponse, headers: IncomingHttpHeaders) => {
    const isSame = headers['if-none-match'] === sameTag && headers['if-modified-since'] === sameDate
    response.setHeader('cache-control', 'max-age=30')
    response.writeHead(isSame ? 304 : 200).end()
  }

  test('is unchanged when the server recognises both validators, and keeps them', async () => {
    const origin = await serve((incoming, response) => revalidating(response, incoming.headers))
    const outcome = await openHttp().get(request(origin, { etag: sameTag, lastModified: sameDate }))
    expect(outcome).toEqual({
      kind: 'unchanged',
      status: 304,
      etag: sameTag,
      lastModified: sameDate,
      maxAgeMs: 30_000,
      latencyMs: expect.any(Number),
    })
  })

  test('takes over a validator that came with the 304', async () => {
    const origin = await serve((_, response) => response.writeHead(304, { etag: '"v2"' }).end())
    expect(await openHttp().get(request(origin, { etag: sameTag }))).toMatchObject({ kind: 'unchanged', etag: '"v2"' })
  })

  test('cannot be unchanged when we said nothing of it', async () => {
    const origin = await serve((_, response) => response.writeHead(304).end())
    expect(await openHttp().get(request(origin))).toMatchObject({ kind: 'failed', status: 304, reason: 'HTTP 304' })
  })
})

describe('a failure', () => {
  test('names the status', async () => {
    const origin = await serve((_, response) => response.writeHead(500).end('sorry'))
    expect(await openHttp().get(request(origin))).toEqual({
      kind: 'failed',
      status: 500,
      reason: 'HTTP 500',
      retryAfterMs: null,
      gone: false,
      latencyMs: expect.any(Number),
    })
  })

  test('says how long to wait, in seconds or until a date', async () => {
    const soon = new Date(Date.now() + 3_600_000).toUTCString()
    const origin = await serve((incoming, response) =>
      response.writeHead(503, { 'retry-after': incoming.url === '/seconds' ? '120' : soon }).end(),
    )
    const http = openHttp()
    expect(await http.get(request(`${origin}/seconds`))).toMatchObject({ status: 503, retryAfterMs: 120_000 })
    const dated = await http.get(request(`${origin}/date`))
    expect(dated).toMatchObject({ kind: 'failed', retryAfterMs: expect.any(Number) })
    if (dated.kind !== 'failed') return
    expect(dated.retryAfterMs).toBeLessThanOrEqual(3_600_000)
    expect(dated.retryAfterMs).toBeGreaterThan(0)
  })

  test('with status 410 means that the address is gone', async () => {
    const origin = await serve((_, response) => response.writeHead(410).end())
    expect(await openHttp().get(request(origin))).toMatchObject({ kind: 'failed', status: 410, gone: true })
  })

  test('does not wait for the end of the error page, and hangs up on it', async () => {
    const closed: Promise<unknown>[] = []
    const origin = await serve((_, response) => {
      closed.push(once(response, 'close'))
      response.writeHead(503).write('to be continued')
    })
    expect(await openHttp().get(request(origin))).toMatchObject({ status: 503, reason: 'HTTP 503' })
    await Promise.all(closed)
  })

  test('to connect is said in plain words, for as many requests as were waiting', async () => {
    const url = `http://127.0.0.1:${await unusedPort()}/`
    const http = openHttp()
    const outcomes = await Promise.all(Array.from({ length: 7 }, () => http.get(request(url))))
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ kind: 'failed', status: null, reason: 'connection refused' })
  })

  test.each([
    ['', "'' is not a web address"],
    ['status page', "'status page' is not a web address"],
    ['ftp://127.0.0.1/', "'ftp:' addresses are not fetched, only http and https"],
    ['file:///etc/passwd', "'file:' addresses are not fetched, only http and https"],
    ['http://me:secret@127.0.0.1/', 'addresses with a user name in them are not fetched'],
    [`http://127.0.0.1/${'a'.repeat(2048)}`, 'the address is over 2048 characters'],
  ])('is the outcome for the address %j', async (url, reason) => {
    expect(await openHttp().get(request(url))).toMatchObject({ kind: 'failed', status: null, reason })
  })
})

describe('one host', () => {
  test('gets two requests at a time', async () => {
    let open = 0
    let most = 0
    const origin = await serve((_, response) => {
      most = Math.max(most, ++open)
      setTimeout(() => {
        open--
        response.end()
      }, 10)
    })
    const http = openHttp()
    const outcomes = await Promise.all(Array.from({ length: 9 }, () => http.get(request(origin))))
    expect(outcomes.every(outcome => outcome.kind === 'fresh')).toBe(true)
    expect(most).toBe(2)
  })

  test('is asked in the order in which the requests came', async () => {
    const order: (string | undefined)[] = []
    const origin = await serve((incoming, response) => {
      order.push(incoming.url)
      response.end()
    })
    const http = openHttp({ perHost: 1 })
    const paths = Array.from({ length: 9 }, (_, n) => `/${n}`)
    await Promise.all(paths.map(path => http.get(request(origin + path))))
    expect(order).toEqual(paths)
  })

  test('that hangs does not hold up another', async () => {
    const hanging = await serve(() => {})
    const quick = await serve((_, response) => response.end('quick'))
    const http = openHttp({ perHost: 1 })
    const held = http.get(request(hanging))
    expect(await http.get(request(quick))).toMatchObject({ kind: 'fresh' })
    await http.close()
    await held
  })

  test('that hangs costs those who wait for their turn their own timeout, and they never reach it', async () => {
    let requests = 0
    const origin = await serve(() => {
      requests++
    })
    const http = openHttp({ perHost: 1 })
    const held = http.get(request(origin))
    const waiting = await http.get(request(origin, { timeoutMs: 200 }))
    expect(waiting).toMatchObject({ kind: 'failed', reason: 'timeout after 0.2 s' })
    await http.close()
    await held
    expect(requests).toBe(1)
  })

  test('is asked again after requests to it, under way or waiting, have timed out', async () => {
    let requests = 0
    const origin = await serve((_, response) => {
      if (++requests > 1) response.end('back')
    })
    const http = openHttp({ perHost: 1 })
    const late = await Promise.all([400, 200].map(timeoutMs => http.get(request(origin, { timeoutMs }))))
    expect(late).toMatchObject([{ reason: 'timeout after 0.4 s' }, { reason: 'timeout after 0.2 s' }])
    const outcome = await http.get(request(origin))
    expect(outcome.kind === 'fresh' && textOf(outcome.body)).toBe('back')
  })
})

describe('a closed client', () => {
  test('ends what is under way, as a failure', async () => {
    const origin = await serve((_, response) => response.write('half'))
    const http = openHttp()
    const pending = http.get(request(origin))
    await http.close()
    expect(await pending).toMatchObject({ kind: 'failed', reason: 'the client is closed' })
  })

  test('fetches nothing more', async () => {
    const http = openHttp()
    await http.close()
    expect(await http.get(request('http://127.0.0.1/'))).toMatchObject({ reason: 'the client is closed' })
  })
})
