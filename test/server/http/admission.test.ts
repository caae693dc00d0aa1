import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { bearerToken, clientAddress, minuteLimit, originAllowed, sameSecret } from '../../../server/http/admission.ts'

const request = (headers: Record<string, string>): IncomingMessage => {
  const message = new IncomingMessage(new Socket())
  message.headers = headers
  return message
}

test('secrets are the same only when they are equal', () => {
  expect(sameSecret('correct horse', 'correct horse')).toBe(true)
  expect(sameSecret('correct hors', 'correct horse')).toBe(false)
  expect(sameSecret('', 'correct horse')).toBe(false)
})

test('a bearer token is read from its header alone', () => {
  expect(bearerToken('Bearer abc')).toBe('abc')
  expect(bearerToken('bearer abc')).toBe('abc')
  for (const wrong of [undefined, '', 'Basic abc', 'Bearer', 'Bearer a b']) expect(bearerToken(wrong)).toBeNull()
})

describe('the address of a client', () => {
  const headers = { 'x-forwarded-for': 'invented, 203.0.113.7, 198.51.100.2' }
  test('without a trusted proxy is that of the connection', () => {
    expect(clientAddress(request(headers), 0)).toBe('unknown')
  })
  test('behind trusted proxies is what the outermost of them saw, whatever the client wrote before it', () => {
    expect(clientAddress(request(headers), 1)).toBe('198.51.100.2')
    expect(clientAddress(request(headers), 2)).toBe('203.0.113.7')
  })

  const seen = (hop: string) => {
    const socket = new Socket()
    Object.defineProperty(socket, 'remoteAddress', { value: '192.0.2.80' }) // that of the proxy
    const message = new IncomingMessage(socket)
    message.headers = { 'x-forwarded-for': `invented, ${hop}` }
    return clientAddress(message, 1)
  }
  test.each([
    ['198.51.100.2:49152', '198.51.100.2'],
    ['"198.51.100.2:49152"', '198.51.100.2'],
    ['[198.51.100.2]', '198.51.100.2'],
    ['2001:db8::7', '2001:db8::7'],
    ['[2001:db8::7]', '2001:db8::7'],
    ['[2001:db8::7]:49152', '2001:db8::7'],
    ['"[2001:db8::7]:49152"', '2001:db8::7'],
    ['fe80::7%eth0', 'fe80::7%eth0'],
    ['::ffff:198.51.100.2', '::ffff:198.51.100.2'],
  ])('is the same whatever way a proxy writes it: %s', (hop, address) => expect(seen(hop)).toBe(address))

  test.each(['unknown', '_hidden', '"', '[]', '198.51.100.256', '198.51.100.2:x', 'status.example.com', ':49152'])(
    'is that of the proxy where it writes none: %s',
    hop => expect(seen(hop)).toBe('192.0.2.80'),
  )
})

test('pages of the own host, of allowed origins and programs without an origin are let in, other pages are not', () => {
  const from = (origin?: string) => request({ host: 'neph.example.com', ...(origin === undefined ? {} : { origin }) })
  const allowed = ['https://wall.example.com']
  expect(originAllowed(from(), allowed)).toBe(true)
  expect(originAllowed(from('https://neph.example.com'), allowed)).toBe(true)
  expect(originAllowed(from('https://wall.example.com'), allowed)).toBe(true)
  expect(originAllowed(from('https://evil.example.com'), allowed)).toBe(false)
  expect(originAllowed(from('https://neph.example.com.evil.com'), allowed)).toBe(false)
  expect(originAllowed(from('null'), allowed)).toBe(false)
})

test('an address may connect so often a minute, and again in the next', () => {
  let now = 0
  const limit = minuteLimit(2, () => now)
  expect([limit('a').ok, limit('a').ok, limit('a').ok, limit('b').ok]).toEqual([true, true, false, true])
  now = 60_000
  expect(limit('a').ok).toBe(true)
})
