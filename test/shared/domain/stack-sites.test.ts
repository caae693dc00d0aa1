import { expect, test } from 'vitest'
import { concerns } from '../../../shared/domain/concerns.ts'
import type { StackFacts } from '../../../shared/domain/reason.ts'
import type { Stack } from '../../../shared/domain/stack.ts'
import { stackStatus } from '../../../shared/domain/stack-status.ts'
import { loadVendors, vendorFacts } from '../../../shared/vendors/catalogue.ts'
import { incident, NOON, source } from '../../support/builders.ts'

const catalogue = await loadVendors(new URL('../../../shared/vendors/', import.meta.url))
const facts: StackFacts = { stacks: new Map(), services: new Map(), ...vendorFacts(catalogue) }
const onDatadog = (...sites: string[]): Stack => ({
  id: 'shop',
  name: 'Shop',
  uses: [{ kind: 'vendor', vendor: 'datadog', sites, parts: [] }],
})
const inSite = (sourceId: string) =>
  incident(`${sourceId}/i1`, { provider: 'datadog', scope: 'unspecified', regions: [], services: [] })

test("an incident of a vendor's site concerns whoever uses that site, or named none", () => {
  const kindsFor = (stack: Stack, sourceId: string) =>
    concerns(stack, inSite(sourceId), facts).map(({ kind, strength }) => `${strength} ${kind}`)
  expect(kindsFor(onDatadog('eu1'), 'datadog-eu1')).toEqual(['certain vendor'])
  expect(kindsFor(onDatadog('eu1'), 'datadog')).toEqual([])
  expect(kindsFor(onDatadog('us1'), 'datadog')).toEqual(['certain vendor'])
  expect(kindsFor(onDatadog(), 'datadog-eu1')).toEqual(['certain vendor'])
  // a source of one's own, of which nobody knows the site
  expect(kindsFor(onDatadog('eu1'), 'our-datadog')).toEqual(['certain vendor'])
})

test('a chosen site depends on the region that it runs in', () => {
  const [reason] = concerns(
    onDatadog('us1'),
    incident('aws-status/i1', { provider: 'aws', scope: 'regional', regions: ['aws/us-east-1'], services: [] }),
    facts,
  )
  expect(reason).toMatchObject({ kind: 'dependency', strength: 'likely', region: 'aws/us-east-1' })
  expect(concerns(onDatadog(), inSite('aws-status'), facts)).not.toContainEqual(
    expect.objectContaining({ kind: 'dependency' }),
  )
})

test('the silence of another site leaves the status of a stack as it is', () => {
  const silent = { provider: 'datadog', failures: 9, lastOkAt: null }
  const sources = new Map([
    ['datadog', source('datadog', silent)],
    ['datadog-eu1', source('datadog-eu1', { provider: 'datadog' })],
  ])
  const view = { statuses: new Map(), incidents: new Map(), components: new Map(), sources, probes: new Map() }
  expect(stackStatus(onDatadog('eu1'), view, facts, NOON)).toMatchObject({ status: 'operational', silent: [] })
  expect(stackStatus(onDatadog('us1'), view, facts, NOON).status).toBe('unknown')
})
