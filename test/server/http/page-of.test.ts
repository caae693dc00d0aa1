import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pageOf } from '../../../server/http/request.ts'
import { minutesAgo } from '../../support/builders.ts'

const record = fc.record({
  id: fc.stringMatching(/^[a-z]{1,3}\/[a-z]{1,3}$/),
  at: fc.integer({ min: 0, max: 5 }).map(minutesAgo),
})

test('following next shows every record once, newest first', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(record, { selector: ({ id }) => id }),
      fc.integer({ min: 1, max: 5 }),
      (records, limit) => {
        const seen: typeof records = []
        let before: string | undefined
        do {
          const page = pageOf(records, ({ at }) => at, { limit, before })
          seen.push(...page.items)
          before = page.next ?? undefined
        } while (before !== undefined)
        expect(seen.map(({ id }) => id).sort()).toEqual(records.map(({ id }) => id).sort())
        expect(seen.map(({ at }) => at)).toEqual(
          seen
            .map(({ at }) => at)
            .sort()
            .reverse(),
        )
      },
    ),
  )
})

test('a place in the order still holds when the record at it is gone', () => {
  const records = ['a/a', 'b/b', 'c/c'].map((id, i) => ({ id, at: minutesAgo(i) }))
  const first = pageOf(records, ({ at }) => at, { limit: 1 })
  const rest = pageOf(records.slice(1), ({ at }) => at, { limit: 5, before: first.next ?? undefined })
  expect(rest.items.map(({ id }) => id)).toEqual(['b/b', 'c/c'])
})
