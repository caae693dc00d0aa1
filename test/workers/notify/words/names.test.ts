import { expect, test } from 'vitest'
import { type Names, placeOf } from '../../../../workers/notify/words/names.ts'
import { incident } from '../../../support/builders.ts'

const names: Names = {
  providers: new Map(),
  regions: new Map(),
  services: new Map(),
  vendors: new Map([['aws', { name: 'AWS' }]]),
  stacks: new Map(),
  sources: new Map(),
}

test('a message says where, and that it is the word to your account', () => {
  const aws = { provider: 'aws', regions: ['aws/eu-west-1'] }
  expect(placeOf(incident('aws-status/1', aws), names)).toBe('AWS eu-west-1')
  expect(placeOf(incident('own/1', { ...aws, isPrivate: true }), names)).toBe('AWS eu-west-1 (your account)')
})
