import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { concerns } from '../../../shared/domain/concerns.ts'
import { keyOf, type Reason, reasonKinds, strengths } from '../../../shared/domain/reason.ts'
import { formatUse, type Stack } from '../../../shared/domain/stack.ts'
import { facts, incidentOf, scoreConcerns, stackOf } from './concerns-table.ts'
import { stackGenerator } from './stack-generator.ts'

describe('what concerns a stack', () => {
  const { pairs, recall, precision, wrongCertain, other } = scoreConcerns()
  const misses = other.join('\n')

  it('is never certain where a careful person is not', () => {
    expect(wrongCertain).toEqual([])
  })

  it('is found, and nothing beside it, as a careful person does', () => {
    expect(pairs).toBeGreaterThanOrEqual(170)
    expect(recall, misses).toBeGreaterThanOrEqual(0.98)
    expect(precision, misses).toBeGreaterThanOrEqual(0.98)
    expect(other.length / pairs, misses).toBeLessThanOrEqual(0.02)
  })

  it('has a rule in the documentation for every kind of reason', () => {
    const rules = readFileSync(new URL('../../../docs/stacks.md', import.meta.url), 'utf8')
    const kinds = [...rules.matchAll(/^\| `([a-z]+)` +\|/gm)].map(([, kind]) => kind)
    expect(kinds).toEqual(expect.arrayContaining([...reasonKinds]))
  })

  it('says where, with what, and through which stack', () => {
    const [direct] = concerns(stackOf('ours', 'aws/ec2@use1-az4'), incidentOf(besideUs), facts)
    expect(direct).toMatchObject({ service: 'aws/ec2', region: 'aws/us-east-1', via: null, zones: ['use1-az1'] })
    const [brought] = concerns(stackOf('ours', 'stack/shop'), incidentOf('stripe names=API'), facts)
    expect(brought).toMatchObject({ kind: 'vendor', provider: 'stripe', via: 'payments', service: null, region: null })
    const both = concerns(stackOf('ours', 'datadog@us1', 'vercel@iad1'), incidentOf('aws in=us-east-1'), facts)
    expect(both.map(({ use, strength }) => `${formatUse(use)} ${strength}`)).toEqual([
      'datadog@us1 likely',
      'vercel@iad1 possible',
    ])
    const [part] = concerns(stackOf('ours', 'github[actions]'), incidentOf('github names=Actions'), facts)
    expect(part).toMatchObject({ kind: 'part', part: 'Actions' })
  })
})

const besideUs = 'aws services=ec2 in=us-east-1,us-west-2 zones=use1-az1,usw2-az1'

describe.each([...Array(8).keys()])('for any stack and incident (%i)', seed => {
  const { uses, use, world, anIncident, shuffled } = stackGenerator(seed)
  const rounds = Array.from({ length: 150 }, () => ({ ...world(), incident: anIncident(), ours: uses(6), more: use() }))

  it('another use takes no reason away, and weakens none', () => {
    for (const { facts, incident, ours, more } of rounds) {
      const before = strengthsOf(concerns(ownStack(ours), incident, facts))
      const after = strengthsOf(concerns(ownStack([...ours, more]), incident, facts))
      for (const [reason, strength] of before) expect(after.get(reason)).toBeLessThanOrEqual(strength)
    }
  })

  it('the order of the uses does not matter', () => {
    for (const { facts, incident, ours } of rounds)
      expect(concerns(ownStack(shuffled(ours)), incident, facts)).toEqual(concerns(ownStack(ours), incident, facts))
  })

  it('a stack of stacks has the reasons of each, and no other', () => {
    for (const { stacks, facts, incident } of rounds) {
      const [one, other] = [stacks[0], stacks[1]].filter(stack => stack !== undefined)
      const union = new Map<string, number>()
      for (const stack of [one, other])
        for (const [reason, strength] of strengthsOf(stack ? concerns(stack, incident, facts) : []))
          union.set(reason, Math.min(strength, union.get(reason) ?? strength))
      const both = ownStack([one, other].flatMap(stack => (stack ? [{ kind: 'stack' as const, stack: stack.id }] : [])))
      expect(strengthsOf(concerns(both, incident, facts))).toEqual(union)
    }
  })
})

const ownStack = (uses: Stack['uses']): Stack => ({ id: 'ours', name: 'Ours', uses })

/** The reasons by what they say, each with how weak it is. */
const strengthsOf = (reasons: readonly Reason[]): Map<string, number> =>
  new Map(reasons.map(reason => [keyOf(reason), strengths.indexOf(reason.strength)]))
