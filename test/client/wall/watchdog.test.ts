import { expect, test } from 'vitest'
import { CHECK_INTERVAL_MS, checkVitals, type PageState, type Vitals } from '../../../client/wall/watchdog.ts'

const born: Vitals = { checkedAt: 0, drawnAt: 0, heartbeatAt: 0 }

/** Looks every five seconds for so many seconds; `lives` says what the page did before each. */
function watch(seconds: number, lives: (now: number) => Partial<Vitals & PageState>): string[] {
  const found: string[] = []
  let vitals = born
  for (let now = CHECK_INTERVAL_MS; now <= seconds * 1000; now += CHECK_INTERVAL_MS) {
    const { drawnAt = vitals.drawnAt, heartbeatAt = vitals.heartbeatAt, visible = true, listening = true } = lives(now)
    const seen = checkVitals({ ...vitals, drawnAt, heartbeatAt }, { now, visible, listening })
    vitals = seen.vitals
    found.push(seen.verdict.kind === 'stopped' ? seen.verdict.what : 'well')
  }
  return found
}

test('a page that draws and hears is well for ever', () => {
  expect(new Set(watch(3600, now => ({ drawnAt: now, heartbeatAt: now })))).toEqual(new Set(['well']))
})

test('a visible page that draws no more is found, a hidden one is not', () => {
  expect(watch(60, now => ({ heartbeatAt: now })).at(-1)).toBe('frames')
  expect(watch(60, now => ({ heartbeatAt: now, visible: false })).at(-1)).toBe('well')
})

test('a page that is seen again has its time to draw', () => {
  const found = watch(100, now => ({ heartbeatAt: now, visible: now > 70_000 }))
  expect(found.filter(one => one !== 'well')).toEqual([])
})

test('a page that hears nothing more is found, one that waits for a token is not', () => {
  expect(watch(120, now => ({ drawnAt: now })).at(-1)).toBe('heartbeat')
  expect(watch(120, now => ({ drawnAt: now, listening: false })).at(-1)).toBe('well')
})

test('a sleep is no fault', () => {
  const slept = checkVitals(born, { now: 3_600_000, visible: true, listening: true })
  expect(slept.verdict.kind).toBe('well')
  expect(checkVitals(slept.vitals, { now: 3_605_000, visible: true, listening: true }).verdict.kind).toBe('well')
})
