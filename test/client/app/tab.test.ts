import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type TabInput, tabOf } from '../../../client/app/tab.ts'
import { glyphShapes } from '../../../client/ui/glyph-shapes.ts'
import { en as english } from '../../../client/words/en/page.ts'
import { Status } from '../../../shared/domain/status.ts'
import { status, statusesOf } from '../builders.ts'

const given: TabInput = {
  title: null,
  headline: { text: 'AWS us-east-1 is in major outage.', status: 'major_outage' },
  mine: new Set(['azure/westeurope']),
  statuses: statusesOf(
    status('azure/westeurope', { status: 'degraded_performance' }),
    status('aws/us-east-1', { status: 'major_outage' }),
  ),
  isStale: false,
}

test('the tab shows the worst state of the reader’s own regions', () => {
  expect(tabOf({ ...given, title: 'News' }, english)).toEqual({
    title: 'Degraded performance · News · Nephoscope',
    icon: '/favicon/degraded_performance.svg',
  })
})

test('without own regions it is about all, and the dashboard says it in a sentence', () => {
  expect(tabOf({ ...given, mine: new Set() }, english)).toEqual({
    title: 'AWS us-east-1 is in major outage. · Nephoscope',
    icon: '/favicon/major_outage.svg',
  })
})

test('a stale picture is unknown, not well', () => {
  const quiet = { text: 'Stale since 14:02.', status: 'unknown' } as const
  expect(tabOf({ ...given, headline: quiet, title: 'News', isStale: true }, english)).toEqual({
    title: 'News · Nephoscope',
    icon: '/favicon/unknown.svg',
  })
})

test.each(Status.options)('the icon for %s has its shape', one => {
  const icon = readFileSync(new URL(`../../../client/public/favicon/${one}.svg`, import.meta.url), 'utf8')
  expect(icon).toContain(glyphShapes[one].path)
})
