import { expect, test } from 'vitest'
import { patternsIn } from './find.ts'
import { growth } from './growth.ts'

const { literals, made } = patternsIn(['server', 'workers', 'ops', 'shared', 'client', 'programs', 'launch'])

/** Patterns that are put together while the program runs cannot be judged by what is written: each is argued for here. */
const argued: Readonly<Record<string, string>> = {
  'shared/domain/screen.ts': 'one class of constant letters, as often as a code is long, between both ends',
  'client/incidents/newest-words.ts': 'alternatives of constant words, with at most one space before and behind',
}

/** Each of hundreds is judged by an automaton: half a minute on a machine with other work. */
const ALL_MS = 180_000

test('no text makes a regular expression take more than linear time', { timeout: ALL_MS }, async () => {
  const bent: string[] = []
  for (const pattern of literals) {
    const found = await growth(pattern)
    if (found !== 'linear') bent.push(`${pattern.place} /${pattern.source}/${pattern.flags}: ${found}`)
  }
  expect(literals.length).toBeGreaterThan(250)
  expect(bent).toEqual([])
})

test('every regular expression that is put together is argued for', () => {
  expect(made.map(place => place.replace(/:\d+$/, ''))).toEqual(Object.keys(argued))
})

test.each(['/\\s+$/', '/(a+)+$/', '/^(a|a)*$/', '/^[^?]*x[^?]*y/', '/a\\d*b\\d*$|\\d*$/'])(
  '%s is found out',
  async text => {
    expect(await growth({ place: 'here', source: text.slice(1, -1), flags: '' })).not.toBe('linear')
  },
)
