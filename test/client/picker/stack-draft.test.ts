import { expect, test } from 'vitest'
import { stackDraft } from '../../../client/picker/stack-draft.svelte.ts'
import { candidate, textsOf, use, uses } from './uses.ts'

const draftOf = (...texts: string[]) => stackDraft({ name: 'Shop', uses: uses(...texts) })

test('ticking adds a use, ticking again takes every form of it away', () => {
  const draft = draftOf('aws/eu-west-1', 'aws/ec2@use1-az4', 'aws/ec2@eu-west-1')
  draft.toggle(candidate('aws/lambda'))
  expect(textsOf(draft.uses)).toContain('aws/lambda@eu-west-1,us-east-1')
  expect(draft.has('aws/lambda')).toBe(true)
  draft.toggle(candidate('aws/ec2'))
  expect(textsOf(draft.uses)).toEqual(['aws/eu-west-1', 'aws/lambda@eu-west-1,us-east-1'])
})

test('it is changed by a name or a use, until it is saved', () => {
  const draft = draftOf('stripe')
  expect(draft.isChanged).toBe(false)
  draft.name = 'Payments'
  expect(draft.isChanged).toBe(true)
  draft.isSaved()
  expect(draft.isChanged).toBe(false)
  expect(draft.add(uses('github'))).toBe(0)
  expect(draft.isChanged).toBe(true)
  draft.isSaved()
  expect(draft.isChanged).toBe(false)
})

test('more is said about a use in its place, and what then is the same stands once', () => {
  const draft = draftOf('aws/lambda@eu-west-1', 'stripe', 'aws/lambda@us-east-1')
  const [first] = draft.uses
  if (first) draft.replace(first, use('aws/lambda@eu-west-2'))
  expect(textsOf(draft.uses)).toEqual(['aws/lambda@eu-west-2', 'stripe', 'aws/lambda@us-east-1'])
  const [again] = draft.uses
  if (again) draft.replace(again, use('aws/lambda@us-east-1'))
  expect(textsOf(draft.uses)).toEqual(['stripe', 'aws/lambda@us-east-1'])
  const [stripe] = draft.uses
  if (stripe) draft.remove(stripe)
  expect(textsOf(draft.uses)).toEqual(['aws/lambda@us-east-1'])
})

test('another stack takes its place, and a name has an end', () => {
  const draft = draftOf('stripe')
  draft.set({ name: 'Pay', uses: uses('github') })
  expect([draft.name, ...textsOf(draft.uses)]).toEqual(['Pay', 'github'])
  draft.name = 'x'.repeat(500)
  expect(draft.name).toHaveLength(80)
})

test('what another tab saves takes the place of what is not changed here, and never of unsaved work', () => {
  const draft = draftOf('stripe')
  draft.follow({ name: 'Pay', uses: uses('github') })
  expect([draft.name, ...textsOf(draft.uses), draft.isChanged]).toEqual(['Pay', 'github', false])
  draft.name = 'Mine'
  draft.follow({ name: 'Other', uses: uses('stripe') })
  expect([draft.name, ...textsOf(draft.uses), draft.isChanged]).toEqual(['Mine', 'github', true])
})
