import { expect, test } from 'vitest'
import { ScreenName } from '../../../shared/domain/screen.ts'

test.each(['Lobby, 2nd floor', 'Empfang: groß', 'לובי', 'ロビー'])('%s may be the name of a screen', name =>
  expect(ScreenName.parse(name)).toBe(name),
)

test.each(['two\nlines', 'a\u0000b', '\u202Eybbol', '\u2067x\u2069', 'x'.repeat(41)])(
  'what breaks a line, turns it or is too long is no name of a screen: %j',
  name => expect(ScreenName.safeParse(name).success).toBe(false),
)
