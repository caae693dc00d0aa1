import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPublicAddress } from '../../../workers/http/reach.ts'
import { openHttp, publicRequest, serve, unusedPort } from './loopback.ts'

const loopback = [{ address: '127.0.0.1', family: 4 }]
/** For tests in which the first server stands for the open internet. */
const onlyFirstLoopback = (ip: string) => ip === '127.0.0.1'
const notFound = () => Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })

describe('an address', () => {
  test.each([
    ['0.0.0.0', 'unspecified'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'carrier-grade NAT'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['169.254.169.254', 'the metadata of a cloud'],
    ['192.0.2.1', 'documentation'],
    ['168.63.129.16', 'the WireServer of Azure'],
    ['::ffff:168.63.129.16', 'the same, mapped'],
    ['198.18.0.1', 'benchmarking'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::7f00:1', 'IPv4-compatible loopback'],
    ['::ffff:127.0.0.1', 'mapped loopback'],
    ['::ffff:a00:1', 'mapped private'],
    ['::ffff:0:7f00:1', 'translated loopback'],
    ['64:ff9b::a00:1', 'NAT64 of a private one'],
    ['64:ff9b::a9fe:a9fe', 'NAT64 of the metadata of a cloud'],
    ['64:ff9b:1::808:808', 'NAT64 of local use'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local with a zone'],
    ['fec0::1', 'site-local'],
    ['fc00::1', 'unique-local'],
    ['fd00:ec2::254', 'the metadata of a cloud'],
    ['ff02::1', 'multicast'],
    ['2001::1', 'Teredo'],
    ['2001:db8::1', 'documentation'],
    ['2002:7f00:1::', '6to4 of loopback'],
    ['4000::1', 'not given to anybody'],
    ['0x7f.1', 'no address as a resolver writes it'],
    ['', 'no address'],
  ])('%s is not public: %s', ip => {
    expect(isPublicAddress(ip)).toBe(false)
  })

  test.each(['8.8.8.8', '100.63.255.255', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
    '%s is public',
    ip => {
      expect(isPublicAddress(ip)).toBe(true)
    },
  )

  test('of IPv4 is judged the same however it is written as IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), ip => {
        expect(isPublicAddress(`::ffff:${ip}`)).toBe(isPublicAddress(ip))
        expect(isPublicAddress(`64:ff9b::${ip}`)).toBe(isPublicAddress(ip))
      }),
    )
  })

  test.each([
    ['http://127.0.0.1/', '127.0.0.1'],
    ['http://127.1/', '127.0.0.1'],
    ['http://2130706433/', '127.0.0.1'],
    ['http://0x7f000001/', '127.0.0.1'],
    ['http://0177.0.0.1/', '127.0.0.1'],
    ['http://127.0.0.1./', '127.0.0.1'],
    ['http://１２７.０.０.１/', '127.0.0.1'],
    ['http://169.254.169.254/latest/meta-data/', '169.254.169.254'],
    ['https://[::1]/', '::1'],
    ['http://[::ffff:10.0.0.1]/', '::ffff:a00:1'],
    ['http://[64:ff9b::10.0.0.1]/', '64:ff9b::a00:1'],
  ])('%s as the host is refused before anything is sent', async (url, ip) => {
    const http = openHttp({ isPublic: isPublicAddress })
    expect(await http.get(publicRequest(url))).toMatchObject({
      kind: 'failed',
      status: null,
      reason: `${ip} is a private address`,
    })
  })
})

describe('a name', () => {
  test('that the system knows as loopback is refused', async () => {
    const outcome = await openHttp({ isPublic: isPublicAddress }).get(publicRequest('http://localhost/'))
    expect(outcome).toMatchObject({
      kind: 'failed',
      reason: expect.stringMatching(/^resolves to (?:127\.0\.0\.1|::1), which is a private address$/),
    })
  })

  test('is fetched from the address that was checked, under its own name', async () => {
    const origin = await serve((incoming, response) => response.end(incoming.headers.host))
    const { port } = new URL(origin)
    const http = openHttp({ isPublic: onlyFirstLoopback, lookup: async () => loopback })
    expect(await http.get(publicRequest(`http://status.example:${port}/`))).toMatchObject({
      kind: 'fresh',
      body: new TextEncoder().encode(`status.example:${port}`),
    })
  })

  test('that changes its address after the check is not looked up a second time', async () => {
    let requests = 0
    const origin = await serve((_, response) => {
      requests++
      response.end()
    })
    const answers = [loopback, [{ address: '127.0.0.2', family: 4 }]]
    const lookup = async () => answers.shift() ?? []
    const http = openHttp({ isPublic: onlyFirstLoopback, lookup })
    const url = `http://rebinding.example:${new URL(origin).port}/`
    expect(await http.get(publicRequest(url))).toMatchObject({ kind: 'fresh' })
    expect(answers).toHaveLength(1)
    expect(requests).toBe(1)
  })

  test('with one private address among public ones is refused whole', async () => {
    const lookup = async () => [...loopback, { address: '10.0.0.1', family: 4 }]
    const http = openHttp({ isPublic: onlyFirstLoopback, lookup })
    const url = `http://status.example:${await unusedPort()}/`
    expect(await http.get(publicRequest(url))).toMatchObject({
      reason: 'resolves to 10.0.0.1, which is a private address',
    })
  })

  test('that nobody knows is a failure', async () => {
    const unknown = openHttp({ lookup: () => Promise.reject(notFound()) })
    expect(await unknown.get(publicRequest('http://status.example/'))).toMatchObject({ reason: 'name not found' })
    const empty = openHttp({ lookup: async () => [] })
    expect(await empty.get(publicRequest('http://status.example/'))).toMatchObject({ reason: 'name not found' })
  })

  test('whose lookup never ends counts into the timeout', async () => {
    const http = openHttp({ lookup: () => new Promise(() => {}) })
    expect(await http.get(publicRequest('http://status.example/', { timeoutMs: 200 }))).toMatchObject({
      reason: 'timeout after 0.2 s',
    })
  })
})

describe('a redirect from a public host', () => {
  /** A public host that redirects to `location`. → what came of asking it */
  const redirectedTo = async (location: string) => {
    const origin = await serve((_, response) => response.writeHead(302, { location }).end())
    const lookup = async (hostname: string) =>
      hostname === 'status.example' ? loopback : [{ address: '127.0.0.2', family: 4 }]
    const http = openHttp({ isPublic: onlyFirstLoopback, lookup })
    return http.get(publicRequest(`http://status.example:${new URL(origin).port}/`))
  }

  test('to a private address is refused', async () => {
    expect(await redirectedTo('http://127.0.0.2/admin')).toMatchObject({ reason: '127.0.0.2 is a private address' })
    expect(await redirectedTo('http://0x7f000002/')).toMatchObject({ reason: '127.0.0.2 is a private address' })
  })

  test('to a name with a private address is refused', async () => {
    expect(await redirectedTo('http://inner.example/admin')).toMatchObject({
      reason: 'resolves to 127.0.0.2, which is a private address',
    })
  })
})
