import { expect, it } from 'vitest'
import { scoreConcerns } from './concerns-table.ts'

it('tells a stack what concerns it as a careful person does', () => {
  const { pairs, recall, precision, wrongCertain, other } = scoreConcerns()
  expect(pairs).toBeGreaterThanOrEqual(170)
  expect(other).toEqual([])
  expect(wrongCertain).toEqual([])
  expect(recall, other.join('\n')).toBeGreaterThanOrEqual(0.98)
  expect(precision, other.join('\n')).toBeGreaterThanOrEqual(0.98)
  expect(other).toEqual([])
})
