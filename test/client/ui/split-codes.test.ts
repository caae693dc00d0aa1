import { expect, test } from 'vitest'
import { splitCodes } from '../../../client/ui/split-codes.ts'

test.each([
  ['Google Cloud europe-west1 and europe-west4', ['Google Cloud ', 'europe-west1', ' and ', 'europe-west4', '']],
  ['Azure West Europe', ['Azure West Europe']],
  ['AWS us-gov-east-1、us-west-2', ['AWS ', 'us-gov-east-1', '、', 'us-west-2', '']],
  ['', ['']],
])('%s is taken apart', (text, parts) => {
  expect(splitCodes(text)).toEqual(parts)
})
