import { describe, expect, test } from 'vitest'
import { cellsOfSpans, hoursState } from '../../../client/timeline/hours.svelte.ts'
import { hoursInWords } from '../../../client/timeline/hours-in-words.ts'
import { firstHour, readHourStrip } from '../../../shared/domain/history.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { NOW, when } from '../builders.ts'

const HOUR_MS = 3_600_000
const REGION = 'aws/us-east-1'
const from = firstHour(NOW)
const letters = (cells: readonly Status[]) => cells.map(status => status.charAt(0)).join('')

describe('the hours of a region', () => {
  const answering = (strip: string) => {
    const asked: string[] = []
    const hours = hoursState(async path => {
      asked.push(path)
      return Response.json({ from: new Date(from).toISOString(), regions: { [REGION]: strip } })
    })
    return { asked, hours }
  }

  test('are unknown but for the present until they are read', () => {
    expect(letters(hoursState(async () => Response.error()).cellsOf(REGION, 'operational', NOW))).toBe(
      `${'u'.repeat(23)}o`,
    )
  })

  test('are asked for once an hour, however often the page is drawn', async () => {
    const { asked, hours } = answering('o'.repeat(24))
    await hours.refresh(NOW)
    await hours.refresh(NOW + 10_000)
    expect(asked).toEqual(['/api/hours'])
    await hours.refresh(NOW + HOUR_MS)
    expect(asked).toHaveLength(2)
  })

  test('are asked for again, a minute later, where the server did not answer', async () => {
    let asked = 0
    const hours = hoursState(async () => {
      asked++
      return new Response(null, { status: 503 })
    })
    await hours.refresh(NOW)
    await hours.refresh(NOW + 59_000)
    await hours.refresh(NOW + 60_000)
    expect(asked).toBe(2)
  })

  test('have in the present hour what is said now and the worst that was read in it', async () => {
    const { hours } = answering(`${'-'.repeat(20)}oodd`)
    await hours.refresh(NOW)
    expect(letters(hours.cellsOf(REGION, 'operational', NOW))).toBe(`${'u'.repeat(20)}oodd`)
    expect(letters(hours.cellsOf(REGION, 'major_outage', NOW))).toBe(`${'u'.repeat(20)}oodm`)
    const { hours: quiet } = answering('o'.repeat(24))
    await quiet.refresh(NOW)
    expect(letters(quiet.cellsOf(REGION, 'unknown', NOW))).toBe(`${'o'.repeat(23)}u`)
  })

  test('move on with the clock, and what was not read since is unknown', async () => {
    const { hours } = answering(`d${'o'.repeat(23)}`)
    await hours.refresh(NOW)
    expect(letters(hours.cellsOf(REGION, 'operational', NOW + 2 * HOUR_MS))).toBe(`${'o'.repeat(22)}uo`)
  })
})

describe('the hours of anything else', () => {
  const major = { from: NOW - 3 * HOUR_MS, until: NOW - 2 * HOUR_MS, status: 'major_outage' } as const

  test('are what its incidents said, and else operational where its source was read', () => {
    expect(letters(cellsOfSpans([major], 'o'.repeat(24), NOW))).toBe(`${'o'.repeat(20)}mmoo`)
  })

  test('are unknown where its source was not read or failed each time', () => {
    expect(letters(cellsOfSpans([major], `--xf${'o'.repeat(20)}`, NOW))).toBe(`uuu${'o'.repeat(17)}mmoo`)
  })

  test('are as in the hour before where an hour has only just begun', () => {
    expect(letters(cellsOfSpans([], `${'o'.repeat(23)}-`, NOW))).toBe('o'.repeat(24))
    expect(letters(cellsOfSpans([], `${'o'.repeat(22)}--`, NOW))).toBe(`${'o'.repeat(22)}uu`)
  })
})

describe('a strip in words', () => {
  const say = (strip: string) => hoursInWords(readHourStrip(strip), from, when)

  test('is one state where there is one', () => {
    expect(say('o'.repeat(24))).toBe('Last 24 hours: operational.')
    expect(say('-'.repeat(24))).toBe('Last 24 hours: unknown.')
  })

  test('tells of each other state from when until when, not that the worst of this hour goes on, and the rest', () => {
    expect(say(`---${'o'.repeat(8)}dd${'o'.repeat(9)}xx`)).toBe(
      'Last 24 hours: unknown before 18:00, degraded performance 02:00–04:00 and major outage after 13:00, else operational.',
    )
  })

  test('tells of no rest where there is none', () => {
    expect(say(`${'-'.repeat(20)}${'d'.repeat(4)}`)).toBe(
      'Last 24 hours: unknown before 11:00 and degraded performance after 11:00.',
    )
  })
})
