import { describe, expect, test } from 'vitest'
import { loadVendors } from '../../../shared/vendors/catalogue.ts'
import { findVendors, nearestVendor, vendorAt, vendorNamed } from '../../../shared/vendors/find-vendors.ts'

const { vendors } = await loadVendors(new URL('../../../shared/vendors/', import.meta.url))
const all = [...vendors.values()]

describe('finding vendors by a word', () => {
  const found = (word: string) => findVendors(all, word).map(({ id }) => id)

  test('takes what is called so before what begins so, and that before what has it inside', () => {
    expect(found('strip')[0]).toBe('stripe')
    expect(found('GH')[0]).toBe('github')
    expect(found('hex')[0]).toBe('hex')
    expect(found('hex')).toContain('hex-pm')
    expect(found('k')).not.toHaveLength(0)
  })

  test('finds nothing for nothing, nor for what nobody is called', () => {
    expect([found(''), found('  '), found('no such vendor')]).toEqual([[], [], []])
  })
})

test.each([
  ['github', 'github'],
  ['GitHub', 'github'],
  ['gh', 'github'],
  ['stripe.com', 'stripe'],
  ['api.stripe.com', 'stripe'],
  ['us3.datadoghq.com', 'datadog'],
  ['notstripe.com', null],
  ['strip', null],
])('%s names %s', (word, id) => expect(vendorNamed(all, word)?.id ?? null).toBe(id))

test.each([
  ['strpie', 'stripe'],
  ['gihtub', 'github'],
  ['Cloudfare', 'cloudflare'],
  ['quite another thing', null],
])('%s is meant for %s', (word, id) => expect(nearestVendor(all, word)).toBe(id))

test.each([
  ['https://www.githubstatus.com', 'github'],
  ['https://githubstatus.com/', 'github'],
  ['https://www.githubstatus.com/incidents/abc?x=1', 'github'],
  ['https://status.datadoghq.eu/history', 'datadog@eu1'],
  ['https://status.datadoghq.com/', 'datadog'],
  ['https://status.cloud.google.com/maps-platform/', 'google-maps'],
  ['https://status.cloud.google.com/', 'google'],
  ['https://www.githubstatus.community', null],
  ['https://api.status.io/1.0/status/unknown', null],
])('%s is the page of %s', (url, wanted) => {
  const found = vendorAt(all, url)
  expect(found && found.vendor.id + (found.site === null ? '' : `@${found.site}`)).toBe(wanted)
})
