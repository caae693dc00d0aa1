import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { reconnectOnReturn } from '../../../client/wall/self-healing.svelte.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function world() {
  const state = { lost: false, ready: true, asked: 0, woken: 0 }
  const stop = reconnectOnReturn({
    isLost: () => state.lost,
    isReady: async () => {
      state.asked++
      return state.ready
    },
    reconnect: () => void state.woken++,
    ticks: () => performance.now(),
    random: () => 0.5,
  })
  return { state, stop }
}

test('while the line stands nobody is asked', async () => {
  const { state, stop } = world()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(state).toMatchObject({ asked: 0, woken: 0 })
  stop()
})

test('a lost server is asked until it is ready, and then the line is tried at once', async () => {
  const { state, stop } = world()
  Object.assign(state, { lost: true, ready: false })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(state.woken).toBe(0)
  expect(state.asked).toBeGreaterThan(20)
  state.ready = true
  await vi.advanceTimersByTimeAsync(2_000)
  expect(state.woken).toBe(1)
  await vi.advanceTimersByTimeAsync(4_000)
  expect(state.woken).toBe(1)
  stop()
})

test('a line that stays down although the server answers is tried again after a while', async () => {
  const { state, stop } = world()
  state.lost = true
  await vi.advanceTimersByTimeAsync(30_000)
  expect(state.woken).toBeGreaterThan(1)
  expect(state.woken).toBeLessThan(6)
  stop()
})
