import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { serviceMatcher } from '../../../shared/services/service-matcher.ts'
import { loadServices } from '../../../shared/services/service-table.ts'

const { regions } = await loadCatalogue(new URL('../../../shared/regions/', import.meta.url))
const services = await loadServices(new URL('../../../shared/services/', import.meta.url))
const match = serviceMatcher(services.values(), regions.values())

const table = readFileSync(new URL('../../fixtures/service-names.tsv', import.meta.url), 'utf8')
const cases = table
  .split('\n')
  .filter(line => line !== '' && !line.startsWith('#'))
  .slice(1)
  .map(line => {
    const [provider = '', as, written = '', service] = line.split('\t')
    return { provider, as, written, wanted: service === '-' ? [] : [`${provider}/${service}`] }
  })

test('the table has 80 names and keys', () => {
  expect(cases.length).toBeGreaterThanOrEqual(80)
})

test.each(cases)('$provider writes the $as $written', ({ provider, as, written, wanted }) => {
  const named = as === 'key' ? { names: [], keys: [written] } : { names: [written] }
  expect(match.all(provider, named)).toEqual(wanted)
})

describe('the catalogue', () => {
  test('finds each of its services by every name and key that it has', () => {
    for (const { id, name, aliases, keys } of services.values()) {
      const provider = id.slice(0, id.indexOf('/'))
      for (const written of [name, ...aliases])
        expect([written, match.all(provider, { names: [written] })]).toEqual([written, [id]])
      for (const key of keys) expect([key, match.all(provider, { names: [], keys: [key] })]).toEqual([key, [id]])
    }
  })
})

test('several names and keys give each service once, by rank', () => {
  const named = {
    names: ['AWS Lambda', 'Amazon EC2', 'A new thing', 'EC2'],
    keys: ['lambda-us-east-1', 'multipleservices-us-east-1'],
  }
  expect(match.all('aws', named)).toEqual(['aws/ec2', 'aws/lambda'])
})

test('a key stands for a service that was renamed', () => {
  const named = { names: ['Vertex Search for Everything'], keys: ['9CcrhHUcFevXPSVaSxkf'] }
  expect(match.all('google', named)).toEqual(['google/bigquery'])
})

test('a name is only of its own provider', () => {
  expect(match.one('azure', 'AWS Lambda')).toBeNull()
  expect(match.one('github', 'Lambda')).toBeNull()
})

test('no text is too strange', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('aws', 'digitalocean', '__proto__', ''),
      fc.string({ unit: 'binary' }),
      (provider, text) => {
        expect(match.all(provider, { names: [text], keys: [text] }).length).toBeLessThanOrEqual(2)
      },
    ),
  )
})
