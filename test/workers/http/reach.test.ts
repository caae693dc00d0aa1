import { describe, expect, test } from 'vitest'
import { isPublicAddress, reachAt, reachOf } from '../../../workers/http/reach.ts'
import { loopback, openHttp, publicRequest, request, serve } from './loopback.ts'

const names = new Map([
  ['status.example', '127.0.0.1'],
  ['inner.example', '127.0.0.2'],
  ['wide.example', '10.0.0.1'],
])
const lookup = async (name: string) => [{ address: names.get(name) ?? '127.0.0.1', family: 4 }]

describe('a private line', () => {
  test.each([
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '127.0.0.1',
    '::1',
    'fd12::1',
    '::ffff:10.0.0.1',
    '64:ff9b::10.0.0.1',
  ])('reaches %s', ip => expect(reachOf(true).allows(ip)).toBe(true))

  test.each([
    ['8.8.8.8', 'the internet'],
    ['2606:4700::1111', 'the internet'],
    ['169.254.169.254', 'the metadata of AWS, Azure and Google'],
    ['::ffff:169.254.169.254', 'the same, mapped'],
    ['64:ff9b::a9fe:a9fe', 'the same by NAT64'],
    ['169.254.170.2', 'the credentials of a container'],
    ['fd00:ec2::254', 'the metadata of AWS'],
    ['fd20:ce::254', 'the metadata of Google'],
    ['168.63.129.16', 'the WireServer of Azure'],
    ['100.100.100.200', 'the metadata of Alibaba'],
    ['192.0.0.192', 'the metadata of Oracle'],
    ['fe80::1', 'link-local'],
    ['0.0.0.0', 'this machine'],
    ['::', 'this machine'],
    ['224.0.0.1', 'multicast'],
    ['ff02::1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['', 'no address'],
  ])('does not reach %s: %s, though its networks have it', ip => {
    expect(reachOf(true).allows(ip)).toBe(false)
    if (!isPublicAddress(ip)) expect(reachOf(['0.0.0.0/0', '::/0']).allows(ip)).toBe(false)
  })

  test('with networks reaches nothing else', () => {
    const { allows } = reachOf(['10.1.0.0/16', 'fd12::/16'])
    expect(['10.1.2.3', '::ffff:10.1.2.3', 'fd12::1'].map(allows)).toEqual([true, true, true])
    expect(['10.2.0.1', '127.0.0.1', 'fd13::1', '8.8.8.8'].map(allows)).toEqual([false, false, false, false])
  })
})

describe('a redirect', () => {
  const redirecting = async (location: string) =>
    serve((incoming, response) =>
      incoming.url === '/' ? response.writeHead(302, { location }).end() : response.end('inside'),
    )

  test('of a private host stays on it', async () => {
    const http = openHttp({ lookup })
    const { port } = new URL(await redirecting('/page'))
    const own = request(`http://status.example:${port}/`, { isPrivate: true })
    expect(await http.get(own)).toMatchObject({ kind: 'fresh' })
    const away = new URL(await redirecting('http://inner.example/page')).port
    expect(await http.get({ ...own, url: `http://status.example:${away}/` })).toMatchObject({
      reason: 'a redirect from a private host to another: list its networks in place of private: true',
    })
  })

  test('of a private host stays in the networks that are listed', async () => {
    const http = openHttp({ lookup })
    const inside = await serve((_, response) => response.end('inside'))
    const asked = async (location: string) =>
      http.get(request(`http://status.example:${new URL(await redirecting(location)).port}/`, { isPrivate: loopback }))
    expect(await asked(`http://third.example:${new URL(inside).port}/`)).toMatchObject({ kind: 'fresh' })
    expect(await asked('http://wide.example/')).toMatchObject({
      reason: 'resolves to 10.0.0.1, which is outside the networks of its line',
    })
    expect(await asked('http://8.8.8.8/')).toMatchObject({ reason: '8.8.8.8 is outside the networks of its line' })
  })
})

test('a connection that a private line has opened is not used by a public one', async () => {
  let requests = 0
  const { port } = new URL(
    await serve((_, response) => {
      requests++
      response.end()
    }),
  )
  const http = openHttp({ lookup, isPublic: isPublicAddress })
  const url = `http://status.example:${port}/`
  expect(await http.get(request(url, { isPrivate: true }))).toMatchObject({ kind: 'fresh' })
  expect(await http.get(publicRequest(url))).toMatchObject({
    reason: 'resolves to 127.0.0.1, which is a private address',
  })
  expect(requests).toBe(1)
})

test.each(['metadata.google.internal', 'METADATA.google.internal.', 'metadata.goog'])(
  '%s is never reached, whatever it resolves to',
  async name => {
    for (const isPrivate of [true, loopback, undefined] as const)
      expect(await openHttp({ lookup }).get(request(`http://${name}/`, { isPrivate }))).toMatchObject({
        reason: expect.stringContaining('is the metadata of a cloud'),
      })
  },
)

test.each([
  ['http://status.corp/hub', true],
  ['https://status.corp:8443/a.png', true],
  ['http://inner.corp/hub', undefined],
  ['http://status.corp.example/hub', undefined],
  ['no address', undefined],
])('what a private source leads to is reached inside on its own host alone: %s', (address, reach) => {
  expect(reachAt(address, 'http://status.corp/feed', true)).toBe(reach)
  expect(reachAt(address, 'http://status.corp/feed', undefined)).toBe(undefined)
})
