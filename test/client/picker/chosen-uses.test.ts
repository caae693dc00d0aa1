import { expect, test } from 'vitest'
import { addUses, keyOfUse, regionsOfCloud, toggled, useOf } from '../../../client/picker/chosen-uses.ts'
import { formatUse, MAX_USES } from '../../../shared/domain/stack.ts'
import { candidate, textsOf, use, uses } from './uses.ts'

test('a use has the key of the candidate that it was ticked as', () => {
  const texts = ['aws/eu-west-1', 'aws/lambda@eu-west-1', 'aws/ec2@use1-az4', 'github[Actions]', 'datadog@us1']
  expect(texts.map(text => keyOfUse(use(text)))).toEqual([
    'aws/eu-west-1',
    'aws/lambda',
    'aws/ec2',
    'github',
    'datadog',
  ])
  expect(['source/ours', 'probe/shop', 'stack/pay'].map(text => keyOfUse(use(text)))).toEqual([
    'source/ours',
    'probe/shop',
    'stack/pay',
  ])
})

test.each([
  ['aws/eu-west-1', [], 'aws/eu-west-1'],
  ['github', [], 'github'],
  ['aws/lambda', [], 'aws/lambda'],
  ['aws/lambda', ['aws/eu-west-1', 'azure/westeurope'], 'aws/lambda@eu-west-1'],
  ['aws/lambda', ['aws/sqs@eu-west-1,us-east-1', 'aws/us-east-1'], 'aws/lambda@eu-west-1,us-east-1'],
  ['azure/front-door', ['azure/westeurope'], 'azure/front-door'],
])('%s beside %j is %s', (key, chosen, wanted) => {
  expect(formatUse(useOf(candidate(key), uses(...chosen)))).toBe(wanted)
})

test('a service that was searched with its place is there', () => {
  const found = candidate('aws/lambda')
  const placed = found.kind === 'service' ? { ...found, places: ['aws/eu-central-1'] } : found
  expect(formatUse(useOf(placed, uses('aws/us-east-1')))).toBe('aws/lambda@eu-central-1')
})

test.each([
  [['aws/lambda@eu-west-1'], ['aws/lambda@us-east-1'], ['aws/lambda@eu-west-1,us-east-1']],
  [['aws/lambda'], ['aws/lambda@us-east-1'], ['aws/lambda@us-east-1']],
  [['aws/ec2@use1-az4'], ['aws/ec2@eu-west-1'], ['aws/ec2@use1-az4', 'aws/ec2@eu-west-1']],
  [['github[Actions]'], ['github[Packages]'], ['github[Actions,Packages]']],
  [['github'], ['github[Packages]'], ['github']],
  [['github[Actions]'], ['github'], ['github']],
  [['datadog'], ['datadog@us1'], ['datadog@us1']],
  [
    ['stripe', 'aws/eu-west-1'],
    ['aws/eu-west-1', 'stripe'],
    ['stripe', 'aws/eu-west-1'],
  ],
])('%j and %j are %j', (before, added, wanted) => {
  expect(addUses(uses(...before), uses(...added))).toEqual({ uses: uses(...wanted), over: 0 })
})

test('what finds no room is counted', () => {
  const many = Array.from({ length: MAX_USES + 3 }, (_, at) => use(`vendor-${at}`))
  const { uses: kept, over } = addUses([], many)
  expect([kept.length, over]).toEqual([MAX_USES, 3])
})

test('the regions of a cloud are those of any use there', () => {
  expect(regionsOfCloud(uses('aws/sqs@eu-west-1', 'aws/us-east-1', 'azure/westeurope', 'stripe'), 'aws')).toEqual([
    'aws/eu-west-1',
    'aws/us-east-1',
  ])
})

test('a text is added to a list, and taken away', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
  expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
  expect(textsOf([])).toEqual([])
})
