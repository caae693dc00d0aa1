import { expect, test } from 'vitest'
import { minuteLimit, networkOf, openLimit } from '../../../server/http/admission.ts'

test('an address may hold so much open, and more once something is closed', () => {
  const limit = openLimit(2)
  const [first] = [limit.hold('192.0.2.1'), limit.hold('192.0.2.1')]
  expect(limit.admit('192.0.2.1')).toEqual({
    ok: false,
    error: 'one address may hold 2 connections open, and this one does',
  })
  expect(limit.admit('192.0.2.2').ok).toBe(true)
  first()
  expect(limit.admit('192.0.2.1').ok).toBe(true)
})

test('nothing is counted for ever where nothing is the limit', () => {
  const limit = openLimit(0)
  for (let n = 0; n < 10; n++) limit.hold('192.0.2.1')
  expect(limit.admit('192.0.2.1').ok).toBe(true)
})

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::9', '2001:db8:1:3::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  // whoever has an address of IPv4 has these with it
  ['64:ff9b::c000:201', '192.0.2.1'],
  ['64:ff9b::192.0.2.1', '192.0.2.1'],
  ['::ffff:0:192.0.2.1', '192.0.2.1'],
  ['2002:c000:201::7', '192.0.2.1'],
  ['2002:c000:201:ffff:1:2:3:4', '192.0.2.1'],
  ['2001:0:cb00:7101:8000:63bf:3fff:fdfe', '192.0.2.1'],
  ['64:ff9b:1::192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2::192.0.2.1', '2001:db8:1:2::/64'],
  ['unknown', 'unknown'],
])('%s is counted as %s', (address, network) => expect(networkOf(address)).toBe(network))

test('whoever has a whole network of IPv6 is counted once', () => {
  const limit = minuteLimit(2, () => 0)
  expect(['2001:db8::1', '2001:db8::2', '2001:db8::3'].map(address => limit(address).ok)).toEqual([true, true, false])
  const open = openLimit(1)
  open.hold('2001:db8::1')
  expect(open.admit('2001:db8::2').ok).toBe(false)
})
