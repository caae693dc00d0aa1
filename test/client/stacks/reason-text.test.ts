import { expect, test } from 'vitest'
import { shortName } from '../../../client/live/stack-facts.ts'
import { type Naming, reasonsText, reasonText, useName } from '../../../client/stacks/reason-text.ts'
import { de } from '../../../client/words/de/page.ts'
import { en } from '../../../client/words/en/page.ts'
import { ja } from '../../../client/words/ja/page.ts'
import { type Reason, reasonKinds } from '../../../shared/domain/reason.ts'
import { parseUse, type SimpleUse } from '../../../shared/domain/stack.ts'
import { small } from '../builders.ts'

const naming: Naming = {
  catalogue: small,
  services: new Map([
    ['aws/lambda', { name: 'Lambda' }],
    ['aws/ec2', { name: 'EC2' }],
  ]),
  vendors: new Map([['datadog', { name: 'Datadog' }]]),
  stacks: new Map([['payments', { name: 'Payments' }]]),
}

function use(text: string): SimpleUse {
  const parsed = parseUse(text, small.regions)
  if (!parsed.ok || parsed.value.kind === 'stack') throw new Error(`${text} is no simple use`)
  return parsed.value
}

const reason = (kind: Reason['kind'], used: string, more: Partial<Reason> = {}): Reason => ({
  kind,
  strength: 'certain',
  use: use(used),
  via: null,
  provider: 'aws',
  service: null,
  region: null,
  part: null,
  zones: [],
  ...more,
})

const [virginia, lambda, ec2] = ['aws/us-east-1', 'aws/lambda', 'aws/ec2']
const inVirginia = { region: virginia, service: lambda }
const possible = { strength: 'possible' } as const

const cases: [Reason, string, string, string][] = [
  [
    reason('service', 'aws/lambda@us-east-1', inVirginia),
    'concerns you: Lambda in us-east-1',
    'betrifft Sie: Lambda in us-east-1',
    '影響あり：us-east-1のLambda',
  ],
  [
    reason('wider', 'aws/lambda@us-east-1', { region: virginia, service: ec2 }),
    'concerns you: EC2 in us-east-1, which Lambda is part of',
    'betrifft Sie: EC2 in us-east-1, wozu Lambda gehört',
    '影響あり：us-east-1のEC2（Lambdaを含む）',
  ],
  [
    reason('narrower', 'aws/ec2@us-east-1', { ...inVirginia, ...possible }),
    'may concern you: Lambda in us-east-1, a part of EC2',
    'betrifft Sie vielleicht: Lambda in us-east-1, ein Teil von EC2',
    '影響の可能性あり：us-east-1のLambda（EC2の一部）',
  ],
  [
    reason('region', virginia, { region: virginia }),
    'concerns you: us-east-1',
    'betrifft Sie: us-east-1',
    '影響あり：us-east-1',
  ],
  [
    reason('region', 'aws/lambda@us-east-1', { region: virginia, strength: 'likely' }),
    'concerns you: us-east-1 as a whole',
    'betrifft Sie: us-east-1 insgesamt',
    '影響あり：us-east-1全体',
  ],
  [
    reason('provider', virginia, { strength: 'likely' }),
    'concerns you: AWS, worldwide',
    'betrifft Sie: AWS, weltweit',
    '影響あり：AWS（全世界）',
  ],
  [
    reason('vendor', 'github', { provider: 'github' }),
    'concerns you: GitHub',
    'betrifft Sie: GitHub',
    '影響あり：GitHub',
  ],
  [
    reason('part', 'github[Actions]', { provider: 'github', part: 'Actions' }),
    'concerns you: GitHub Actions',
    'betrifft Sie: GitHub Actions',
    '影響あり：GitHub Actions',
  ],
  [
    reason('dependency', 'datadog@us1', { ...possible, region: virginia }),
    'may concern you: Datadog us1 runs in AWS us-east-1',
    'betrifft Sie vielleicht: Datadog us1 läuft in AWS us-east-1',
    '影響の可能性あり：Datadog us1はAWS us-east-1で稼働',
  ],
  [
    reason('unplaced', 'aws/lambda@us-east-1', { ...possible, service: lambda }),
    'may concern you: Lambda, no place named',
    'betrifft Sie vielleicht: Lambda, ohne Ortsangabe',
    '影響の可能性あり：Lambda（場所の記載なし）',
  ],
  [
    reason('source', 'source/our-gatus', { provider: 'ours' }),
    'concerns you: your source our-gatus',
    'betrifft Sie: Ihre Quelle our-gatus',
    '影響あり：ご利用の情報源our-gatus',
  ],
]

test.each(cases)('$kind is told in every language', (given, ...told) => {
  expect([en, de, ja].map(words => reasonText(given, naming, words))).toEqual(told)
})

test('every kind of reason has its case', () => {
  expect(new Set(cases.map(([{ kind }]) => kind))).toEqual(new Set(reasonKinds))
})

test('zones that differ, and the stack that it comes through, are told with it', () => {
  const zoned = reason('service', 'aws/ec2@use1-az1', {
    region: virginia,
    service: ec2,
    zones: ['use1-az4'],
    strength: 'likely',
    via: 'payments',
  })
  // the regions of the test have no zones' names: the use is what a file says
  zoned.use = { kind: 'service', service: ec2, regions: [virginia], zones: ['use1-az1'] }
  expect(reasonText(zoned, naming, en)).toBe(
    'concerns you: EC2 in us-east-1 (names use1-az4; you said use1-az1) (through Payments)',
  )
})

test('several reasons are one sentence, and what only may concern is left out beside what does', () => {
  const [one, other] = ['aws/us-east-1', 'aws/eu-west-1'].map(region => reason('region', region, { region }))
  const weak = reason('unplaced', virginia, possible)
  if (one === undefined || other === undefined) throw new Error('two regions make two reasons')
  expect(reasonsText([one, other, weak], naming, en)).toBe('concerns you: us-east-1 and eu-west-1')
  const lambdas = ['aws/us-east-1', 'aws/eu-west-1'].map(region =>
    reason('service', 'aws/lambda', { region, service: lambda }),
  )
  expect(reasonsText([...lambdas, one], naming, en)).toBe(
    'concerns you: Lambda in us-east-1 and eu-west-1 and us-east-1',
  )
  expect(reasonsText([weak], naming, en)).toBe('may concern you: AWS, no place named')
  expect(reasonsText([], naming, en)).toBeNull()
})

test('a service is called as people say it, which its id is made of', () => {
  expect(shortName({ id: 'aws/ec2', name: 'Amazon Elastic Compute Cloud', aliases: ['Amazon EC2', 'EC2'] })).toBe('EC2')
  expect(shortName({ id: 'azure/front-door', name: 'Azure Front Door', aliases: ['AFD', 'Front Door'] })).toBe(
    'Front Door',
  )
  expect(shortName({ id: 'aws/other', name: 'AWS Thing', aliases: [] })).toBe('AWS Thing')
})

test('a use is named as a sentence names it, one that nobody knows by its id', () => {
  const named = (text: string) => useName(use(text), naming, en)
  expect(named('aws/lambda@us-east-1,eu-west-1')).toBe('AWS Lambda in us-east-1 and eu-west-1')
  expect(named('azure/front-door')).toBe('Azure front-door')
  expect(named('github[Actions,Packages]')).toBe('GitHub Actions and Packages')
  expect(named('azure/westeurope')).toBe('Azure West Europe')
})

test('a name that begins as its cloud ends is joined to it', () => {
  const google = { ...naming, vendors: new Map([['google', { name: 'Google Cloud' }]]) }
  const services = new Map([['google/cloud-run', { name: 'Cloud Run' }]])
  expect(useName(use('google/cloud-run'), { ...google, services }, en)).toBe('Google Cloud Run')
})
