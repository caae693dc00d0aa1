import { expect, test } from 'vitest'
import { clean, cleanLines } from '../../shared/terminal.ts'

test.each([
  ['\u001B[31mred\u001B[0m', 'red'],
  ['a\u009B2Jb\rc', 'ab c'],
  ['fdp.\u202Eexe', 'fdp. exe'],
  ['two\nlines', 'two lines'],
])('%j is printed as %j', (text, printed) => expect(clean(text)).toBe(printed))

test('lines stay lines', () => expect(cleanLines('one\u0007\n  two\u001B[A\n')).toBe('one \n  two\n'))
