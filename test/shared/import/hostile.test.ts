import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Use } from '../../../shared/domain/stack.ts'
import { importTexts } from './knowledge.ts'
import { stateOf, stateResource } from './states.ts'

const checked = (text: string | object): void => {
  const imported = importTexts(text)
  if (imported.ok) for (const { use } of imported.value.uses) expect(Use.safeParse(use).success).toBe(true)
  else expect(imported.error).toMatch(/^it is [^\n]{5,300}$/)
}

const keys = [
  'version',
  'resources',
  'type',
  'instances',
  'attributes',
  'Resources',
  'Type',
  'items',
  'kind',
  'metadata',
]
const words = [4, 'aws_instance', 'managed', 'AWS::EC2::VPC', 'List', 'Node', 'Microsoft.Web/sites', 'eu-west-1', null]
const document = fc.letrec(tie => ({
  value: fc.oneof({ maxDepth: 6 }, fc.constantFrom(...words), tie('list'), tie('map')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  map: fc.dictionary(fc.constantFrom(...keys, 'values', 'deployment', 'format_version', 'root_module'), tie('value')),
})).value

test('no document and no text makes the import fail otherwise than with one line', () => {
  fc.assert(fc.property(fc.oneof(document, fc.jsonValue()), value => checked(JSON.stringify(value))))
  fc.assert(fc.property(fc.string({ unit: 'binary' }), checked))
})

test('depth, width and length have their limits', () => {
  checked(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)
  checked(`Resources:${' {a:'.repeat(50_000)}`)
  checked('a'.repeat(5_000_000))
  checked(`${'lambda,'.repeat(500_000)}`)
  checked(`NAME,TYPE\n${'"'.repeat(1_000_001)}`)
  const regions = ['eu-west-1', 'us-east-1', 'ap-south-1']
  const zones = Array.from({ length: 300 }, (_, at) => ({
    availability_zone_id: `use1-az${at % 100}`,
    region: regions[at % 3],
  }))
  checked(stateOf([stateResource('aws_instance', ...zones)]))
})

test('names of what every object has are no types', () =>
  expect(importTexts(stateOf(['constructor', '__proto__', 'toString'].map(type => stateResource(type))))).toMatchObject(
    { ok: true, value: { uses: [], notUnderstood: [{ kind: 'type', what: '?', count: 3 }] } },
  ))
