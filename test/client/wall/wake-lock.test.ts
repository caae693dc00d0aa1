import { expect, test, vi } from 'vitest'
import { keepAwake, type WakeLockState } from '../../../client/wall/display.ts'

/** A browser's wake lock that is given or refused as `refusing` says, and can be taken away. */
function browser() {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState })
  const state = { refusing: false, given: [] as EventTarget[] }
  const wakeLock = {
    async request() {
      if (state.refusing) throw new DOMException('the battery is low', 'NotAllowedError')
      const lock = Object.assign(new EventTarget(), { release: async () => undefined })
      state.given.push(lock)
      return lock
    },
    // only what is used of it is there
  } as unknown as WakeLock
  const told: WakeLockState[] = []
  return { document, state, wakeLock, told, onstate: (awake: WakeLockState) => void told.push(awake) }
}

test('a screen is kept awake, and again after the browser took the lock away', async () => {
  const { document, state, wakeLock, told, onstate } = browser()
  const stop = keepAwake({ wakeLock, document, onstate })
  await vi.waitFor(() => expect(told).toEqual(['asked', 'held']))
  document.visibilityState = 'hidden'
  state.given[0]?.dispatchEvent(new Event('release'))
  document.dispatchEvent(new Event('visibilitychange'))
  expect(state.given).toHaveLength(1)
  document.visibilityState = 'visible'
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.waitFor(() => expect(state.given).toHaveLength(2))
  expect(told.at(-1)).toBe('held')
  stop()
})

test('a refusal is told, and asked again when the page is seen', async () => {
  const { document, state, wakeLock, told, onstate } = browser()
  state.refusing = true
  const stop = keepAwake({ wakeLock, document, onstate })
  await vi.waitFor(() => expect(told).toEqual(['asked', 'refused']))
  state.refusing = false
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.waitFor(() => expect(told.at(-1)).toBe('held'))
  stop()
})

test('where there is no lock, that is told', () => {
  const { document, told, onstate } = browser()
  keepAwake({ wakeLock: undefined, document, onstate })
  expect(told).toEqual(['none'])
})
