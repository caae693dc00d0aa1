import { expect, test } from 'vitest'
import { windowIn } from '../../../workers/text/time-window.ts'

const PUBLISHED = '2026-04-01T09:00:00.000Z'
const window = (text: string): string | null => {
  const found = windowIn(text, PUBLISHED)
  return found && `${found.from.slice(0, 16)} ${found.until?.slice(0, 16) ?? '?'}`
}

test.each([
  ['THIS IS A SCHEDULED EVENT Apr 7, 13:00 - 22:00 UTC', '2026-04-07T13:00 2026-04-07T22:00'],
  ['THIS IS A SCHEDULED EVENT Apr 7, 23:00 - Apr 8, 02:00 UTC', '2026-04-07T23:00 2026-04-08T02:00'],
  ['Apr 7, 23:00 - 02:00 UTC', '2026-04-07T23:00 2026-04-08T02:00'],
  ['2026-04-07 13:00 to 2026-04-07 22:00 UTC', '2026-04-07T13:00 2026-04-07T22:00'],
  ['from 2026-04-07T13:00:00Z until 2026-04-07T22:00:00Z we work', '2026-04-07T13:00 2026-04-07T22:00'],
  ['2026-04-07 13:00 UTC - 22:00 UTC', '2026-04-07T13:00 2026-04-07T22:00'],
  ['7 April 2026, 1 PM – 3 PM PDT', '2026-04-07T20:00 2026-04-07T22:00'],
  ['April 7th, 2026 from 1:00 PM to 3:30 PM PDT', '2026-04-07T20:00 2026-04-07T22:30'],
  ['07.04.2026 22:00 bis 08.04.2026 02:00 MESZ', '2026-04-07T20:00 2026-04-08T00:00'],
  ['07.04.2026, 22:00 - 23:30 Uhr (CEST)', '2026-04-07T20:00 2026-04-07T21:30'],
  ['Start: 2026-04-07 13:00 UTC\nEnd: 2026-04-07 22:00 UTC', '2026-04-07T13:00 2026-04-07T22:00'],
  ['Scheduled for Apr 7, 2026 13:00 UTC', '2026-04-07T13:00 ?'],
  ['Dec 30, 13:00 - 14:00 UTC', '2025-12-30T13:00 2025-12-30T14:00'],
  ['2026-04-07 13:00 +02:00 - 2026-04-07 15:00 +02:00', '2026-04-07T11:00 2026-04-07T13:00'],
])('%s', (text, expected) => expect(window(text)).toBe(expected))

test.each([
  'on 2026-04-07',
  'Apr 7, 13:00 - 22:00',
  'Feb 30, 13:00 - 14:00 UTC',
  '2026-04-08 13:00 - 2026-04-07 13:00 UTC',
  'versions 7 - 9 UTC',
  '2026-01-01 13:00 - 2026-09-01 13:00 UTC',
])('no window: %s', text => expect(window(text)).toBeNull())
