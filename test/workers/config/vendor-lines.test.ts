import { expect, test } from 'vitest'
import { loadVendors } from '../../../shared/vendors/catalogue.ts'
import { parseSources } from '../../../workers/config/source-config.ts'
import { lineFor, tellVendors } from '../../../workers/config/vendor-lines.ts'

const { vendors } = await loadVendors(new URL('../../../shared/vendors/', import.meta.url))

test('a vendor is told with what to write for it', () => {
  expect(tellVendors('strip', vendors)).toBe(`Stripe (payments)
  under sources: - stripe
  in a stack:    - stripe`)
  expect(tellVendors('datadog', vendors)).toBe(`Datadog (observability)
  under sources: - datadog
                 - { use: datadog, site: us2-fed }, or us1, us3, us5, eu1, ap1, ap2, us1-fed, us2-fed
  in a stack:    - datadog
                 - datadog@us1, or us1, us3, us5, eu1, ap1, ap2, us1-fed, us2-fed`)
  expect(tellVendors('fastly', vendors)).toBe(`Fastly (cdn-network)
  not under sources: https://www.fastlystatus.com has no format that can be read; tell us if you know one
  in a stack:    - fastly`)
})

test('a mistyped word tells the vendor that is meant, and a short one not all that hold it', () => {
  expect(tellVendors('strpie', vendors)).toMatch(/^Stripe /)
  expect(tellVendors('quite another thing', vendors)).toBeNull()
  expect(tellVendors('GH', vendors)).not.toContain('BugSnag')
  expect(tellVendors('a', vendors)).toMatch(/\nand \d+ more: write more of the name$/)
})

test.each(['status.stripe.com', 'https://stripe.com/docs', 'https://stripe.com'])('%s tells its vendor', address =>
  expect(tellVendors(address, vendors)).toMatch(/^Stripe /),
)

test('every line that is told for a vendor is one that a sources file takes', () => {
  for (const { id, source, siteSources } of vendors.values()) {
    if (source === null) continue
    const lines = [lineFor(id, null), ...[...siteSources.keys()].slice(1).map(site => lineFor(id, site))]
    const parsed = parseSources(`sources:\n${lines.map(line => `  - ${line}\n`).join('')}`, 'lines', {}, { vendors })
    expect([id, parsed.ok && parsed.value.sources.length]).toEqual([id, lines.length])
  }
})
