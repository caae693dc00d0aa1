import { describe, expect, it } from 'vitest'
import { editDistance, nearest } from '../../../shared/domain/nearest.ts'

describe('the nearest word', () => {
  it('is the one with the fewest slips', () => {
    expect(nearest('aws/lamda', ['aws/lambda', 'aws/lex', 'azure/lambda'])).toBe('aws/lambda')
    expect(nearest('strpie', ['stripe', 'split'])).toBe('stripe')
  })

  it('is none where every word is too far', () => {
    expect(nearest('aws/lamda', ['google/gke'])).toBeNull()
    expect(nearest('ec2', ['sqs'])).toBeNull()
  })

  it('counts a swap of neighbours as one slip', () => {
    expect(editDistance('gihtub', 'github')).toBe(1)
    expect(editDistance('', 'abc')).toBe(3)
    expect(editDistance('same', 'same')).toBe(0)
  })
})
