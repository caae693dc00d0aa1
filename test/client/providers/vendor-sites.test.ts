import { expect, test } from 'vitest'
import { vendorSites } from '../../../client/providers/vendor-sites.ts'
import { standpointOn } from '../builders.ts'

const runs = (vendor: string, site: string, region: string, isCertain = true) => ({
  vendor,
  site,
  region,
  isCertain,
  source: `${vendor}’s documentation`,
})
const dependencies = [
  runs('datadog', 'us1', 'aws/us-east-1'),
  runs('datadog', 'eu1', 'google/europe-west3'),
  runs('delinea', 'eu', 'azure/westeurope', false),
  runs('delinea', 'eu', 'azure/northeurope', false),
]

test('a vendor’s sites are told by name with the regions that they run in, those of the stack first', () => {
  expect(vendorSites({ dependencies }, 'datadog', [])).toMatchObject([{ site: 'eu1' }, { site: 'us1' }])
  expect(vendorSites({ dependencies }, 'datadog', standpointOn(['datadog@us1']).uses)).toEqual([
    { site: 'us1', regions: ['aws/us-east-1'], isOnly: true, source: 'datadog’s documentation', isOwn: true },
    { site: 'eu1', regions: ['google/europe-west3'], isOnly: true, source: 'datadog’s documentation', isOwn: false },
  ])
})

test('a site that may be in one of several regions says all of them', () =>
  expect(vendorSites({ dependencies }, 'delinea', [])).toMatchObject([
    { regions: ['azure/northeurope', 'azure/westeurope'], isOnly: false },
  ]))

test('of a vendor that says nothing there is nothing', () =>
  expect(vendorSites({ dependencies }, 'github', [])).toEqual([]))
