import { describe, expect, test } from 'vitest'
import { type Motion, startFlight, stepMotion } from '../../../client/globe/motion.ts'

const camera = { lon: 0, lat: 20, zoom: 1 }

test('left alone, the earth turns once in four minutes, eastward under the viewer', () => {
  const { camera: after, motion } = stepMotion(camera, { kind: 'turning' }, 60_000, 0)
  expect(after.lon).toBeCloseTo(-90)
  expect(motion.kind).toBe('turning')
})

test('a drift fades and comes to rest', () => {
  let at = camera
  let motion: Motion = { kind: 'drifting', lonSpeed: 0.1, latSpeed: 0 }
  let frames = 0
  while (motion.kind !== 'still') {
    ;({ camera: at, motion } = stepMotion(at, motion, 16, 0))
    frames += 1
  }
  expect(frames).toBeLessThan(60)
  expect(at.lon).toBeGreaterThan(5)
  expect(at.lon).toBeLessThan(30)
})

describe('a startFlight', () => {
  const motion = startFlight({ lon: 170, lat: 0, zoom: 1 }, { lon: -170, lat: 40, zoom: 4 }, 1000)

  test('takes the short way, over the date line', () => {
    const { camera: half } = stepMotion(camera, motion, 16, 1350)
    expect(Math.abs(half.lon)).toBeGreaterThan(175)
    expect(half.lat).toBeCloseTo(20)
    expect(half.zoom).toBeCloseTo(2)
  })

  test('ends where it was to end', () => {
    expect(stepMotion(camera, motion, 16, 9999)).toEqual({
      camera: { lon: -170, lat: 40, zoom: 4 },
      motion: { kind: 'still' },
    })
  })
})
