import { expect, test } from 'vitest'
import { LOOK_EVERY, type Look, look, type Vitals } from '../../../client/wall/watchdog.ts'

const born: Vitals = { lookedAt: 0, framedAt: 0, signedAt: 0 }

/** Looks every five seconds for so many seconds; `lives` says what the page did before each. */
function watch(seconds: number, lives: (now: number) => Partial<Vitals & Look>): string[] {
  const found: string[] = []
  let vitals = born
  for (let now = LOOK_EVERY; now <= seconds * 1000; now += LOOK_EVERY) {
    const { framedAt = vitals.framedAt, signedAt = vitals.signedAt, visible = true, listening = true } = lives(now)
    const seen = look({ ...vitals, framedAt, signedAt }, { now, visible, listening })
    vitals = seen.vitals
    found.push(seen.verdict.kind === 'stopped' ? seen.verdict.what : 'well')
  }
  return found
}

test('a page that draws and hears is well for ever', () => {
  expect(new Set(watch(3600, now => ({ framedAt: now, signedAt: now })))).toEqual(new Set(['well']))
})

test('a visible page that draws no more is found, a hidden one is not', () => {
  expect(watch(60, now => ({ signedAt: now })).at(-1)).toBe('frames')
  expect(watch(60, now => ({ signedAt: now, visible: false })).at(-1)).toBe('well')
})

test('a page that is seen again has its time to draw', () => {
  const found = watch(100, now => ({ signedAt: now, visible: now > 70_000 }))
  expect(found.filter(one => one !== 'well')).toEqual([])
})

test('a page that hears nothing more is found, one that waits for a token is not', () => {
  expect(watch(120, now => ({ framedAt: now })).at(-1)).toBe('signs')
  expect(watch(120, now => ({ framedAt: now, listening: false })).at(-1)).toBe('well')
})

test('a sleep is no fault', () => {
  const slept = look(born, { now: 3_600_000, visible: true, listening: true })
  expect(slept.verdict.kind).toBe('well')
  expect(look(slept.vitals, { now: 3_605_000, visible: true, listening: true }).verdict.kind).toBe('well')
})
