import { describe, expect, test } from 'vitest'
import { redirectTarget } from '../../../workers/http/address-guard.ts'
import { openHttp, request, serve } from './loopback.ts'

/** A server on which `/301/b` redirects with 301 to `b`, and whatever is left is the page. */
const redirecting = () =>
  serve((incoming, response) => {
    const [, status, rest] = /^\/(30\d)\/(.*)$/.exec(incoming.url ?? '') ?? []
    if (status === undefined) response.end(JSON.stringify(incoming.headers))
    else response.writeHead(Number(status), { location: `/${rest}` }).end('this page has moved')
  })

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('with status %i is followed', async status => {
    const origin = await redirecting()
    expect(await openHttp().get(request(`${origin}/${status}/page`))).toMatchObject({
      kind: 'fresh',
      url: `${origin}/page`,
    })
  })

  test('is remembered when each one on the way was permanent', async () => {
    const origin = await redirecting()
    expect(await openHttp().get(request(`${origin}/301/308/page`))).toMatchObject({ movedTo: `${origin}/page` })
  })

  test('is not remembered when one on the way was not', async () => {
    const origin = await redirecting()
    const http = openHttp()
    for (const path of ['301/302/page', '307/301/page'])
      expect(await http.get(request(`${origin}/${path}`))).toMatchObject({ url: `${origin}/page`, movedTo: null })
  })

  test('takes the validators to the first address only', async () => {
    const seen: (string | undefined)[] = []
    const origin = await serve((incoming, response) => {
      seen.push(incoming.headers['if-none-match'])
      if (incoming.url === '/') response.writeHead(302, { location: '/page' })
      response.end()
    })
    await openHttp().get(request(origin, { etag: '"v1"' }))
    expect(seen).toEqual(['"v1"', undefined])
  })

  test('may be the fifth but not the sixth', async () => {
    const origin = await redirecting()
    const http = openHttp()
    expect(await http.get(request(`${origin}${'/302'.repeat(5)}/page`))).toMatchObject({ kind: 'fresh' })
    expect(await http.get(request(`${origin}${'/302'.repeat(6)}/page`))).toMatchObject({
      kind: 'failed',
      reason: 'too many redirects (5)',
    })
  })

  test('to itself ends', async () => {
    let requests = 0
    const origin = await serve((_, response) => {
      requests++
      response.writeHead(301, { location: '/' }).end()
    })
    expect(await openHttp().get(request(origin))).toMatchObject({ reason: 'too many redirects (5)' })
    expect(requests).toBe(6)
  })

  test('works when a host is asked one thing at a time', async () => {
    const origin = await redirecting()
    expect(await openHttp({ perHost: 1 }).get(request(`${origin}/301/302/page`))).toMatchObject({ kind: 'fresh' })
  })

  test('without a Location is a failure', async () => {
    const origin = await serve((_, response) => response.writeHead(302).end())
    expect(await openHttp().get(request(origin))).toMatchObject({ reason: 'a redirect without a Location' })
  })

  test.each([
    ['ftp://127.0.0.1/', "'ftp:' addresses are not fetched, only http and https"],
    ['javascript:alert(1)', "'javascript:' addresses are not fetched, only http and https"],
    ['http://[', "'http://[' is not a web address"],
    ['http://me:secret@127.0.0.1/', 'addresses with a user name in them are not fetched'],
  ])('to %s is a failure', async (location, reason) => {
    const origin = await serve((_, response) => response.writeHead(302, { location }).end())
    expect(await openHttp().get(request(origin))).toMatchObject({ kind: 'failed', reason })
  })

  test('whose own page never ends counts into the timeout', async () => {
    const origin = await serve((_, response) => response.writeHead(302, { location: '/next' }).write('wait'))
    expect(await openHttp().get(request(origin, { timeoutMs: 200 }))).toMatchObject({ reason: 'timeout after 0.2 s' })
  })
})

describe('where a redirect leads', () => {
  const from = new URL('https://status.example/a/b?c')

  test.each([
    ['d', 'https://status.example/a/d'],
    ['/d#e', 'https://status.example/d'],
    ['?d', 'https://status.example/a/b?d'],
    ['//other.example/d', 'https://other.example/d'],
    ['https://other.example:8443', 'https://other.example:8443/'],
  ])('%s is read against the address that sent it', (location, to) => {
    expect(redirectTarget(from, location).href).toBe(to)
  })

  test('is never from https to http', () => {
    expect(() => redirectTarget(from, 'http://status.example/')).toThrow('a redirect from https to http')
    expect(redirectTarget(new URL('http://status.example'), 'https://status.example/').protocol).toBe('https:')
  })
})
