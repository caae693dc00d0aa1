import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { WireFormat } from '../../../shared/domain/source.ts'
import { readers } from '../../../workers/formats/registry.ts'
import { formats } from './all-formats.ts'
import { cases, documentsOf, type Expected, textsOf, told } from './format-cases.ts'
import { read, readingIn, reasonIn } from './reading.ts'

test.each(Object.keys(readers))('%s has an answer to every case', kind => {
  const own = Object.values(formats).filter(format => format.kind === kind)
  expect(own).not.toEqual([])
  for (const format of own) expect(Object.keys(format.cases)).toEqual([...cases])
})

describe.each(Object.entries(formats))('%s', (name, { kind, provider, cases: expected }) => {
  for (const which of cases) {
    const expectation = expected[which]
    test(`${which} ${titleOf(expectation)}`, async () => {
      const [body, also, more] = await documentsOf(name, which)
      if ('cannot' in expectation) return expect(body).toBeUndefined()
      if (body === undefined) throw new Error(`test/fixtures/formats/${name} has no ${which}`)
      const result = await read(kind, body, { provider, ...textsOf(also, more) })
      if ('fails' in expectation) return expect(reasonIn(result)).toBe(expectation.fails)
      expect(told(readingIn(result))).toEqual(expectation)
    })
  }
})

test.each(WireFormat.options)('docs/sources.md says what %s is', async kind => {
  expect(await readFile(new URL('../../../docs/sources.md', import.meta.url), 'utf8')).toMatch(
    new RegExp(`^\\| \`?${kind}\`? +\\| \\S`, 'm'),
  )
})

function titleOf(expectation: Expected): string {
  if ('cannot' in expectation) return `is not told by it: ${expectation.cannot}`
  if ('fails' in expectation) return `is refused: ${expectation.fails}`
  return `is read: ${expectation.join('; ') || 'nothing to tell'}`
}
