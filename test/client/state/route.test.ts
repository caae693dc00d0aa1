import { expect, test } from 'vitest'
import { pathOf } from '../../../client/state/route.ts'

test('an address names a page, and what names none is the first', () => {
  expect(['/', '/sources', '/sources/', '/nothing', ''].map(pathOf)).toEqual(['/', '/sources', '/sources', '/', '/'])
})
