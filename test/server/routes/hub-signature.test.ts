import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { isSigned } from '../../../server/routes/hooks.ts'

const body = Buffer.from('<rss>caf\u00e9</rss>')
const sign = (algorithm: string, secret = 'ours', of = body) =>
  `${algorithm}=${createHmac(algorithm, secret).update(of).digest('hex')}`

test.each(['sha1', 'sha256', 'sha384', 'sha512'])('a body is signed by its %s', algorithm => {
  expect(isSigned(sign(algorithm), 'ours', body)).toBe(true)
  expect(isSigned(sign(algorithm).toUpperCase(), 'ours', body)).toBe(true)
})

test('the vector of RFC 2202 holds', () => {
  const header = 'sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'
  expect(isSigned(header, 'Jefe', Buffer.from('what do ya want for nothing?'))).toBe(true)
})

test.each([
  ['no header', ''],
  ['another secret', sign('sha256', 'theirs')],
  ['another body', sign('sha256', 'ours', Buffer.from('<rss/>'))],
  ['an algorithm that is not in the standard', sign('md5')],
  ['the name of another algorithm', sign('sha1').replace('sha1', 'sha256')],
  ['half a digest', sign('sha256').slice(0, -24)],
  ['two digests', `${sign('sha256')}, ${sign('sha256')}`],
  ['no digest', 'sha256='],
])('with %s it is not', (_, header) => {
  expect(isSigned(header, 'ours', body)).toBe(false)
})
