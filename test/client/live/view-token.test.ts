import { expect, test } from 'vitest'
import { viewToken } from '../../../client/live/view-token.ts'

/** As the browser's, as far as a token needs it. */
function storage(): Storage {
  const texts = new Map<string, string>()
  return {
    getItem: key => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: key => void texts.delete(key),
    clear: () => texts.clear(),
    key: index => [...texts.keys()][index] ?? null,
    get length() {
      return texts.size
    },
  }
}

test('a token is kept for the tab, and on the device only where that was asked for', () => {
  const [tab, device] = [storage(), storage()]
  const token = viewToken(tab, device)
  token.keep('for now', false)
  expect([token.current, device.length]).toEqual(['for now', 0])
  expect(viewToken(storage(), device).current).toBeNull()
  token.keep('for long', true)
  expect([token.current, tab.length]).toEqual(['for long', 0])
  expect(viewToken(storage(), device).current).toBe('for long')
})

test('a newer token and forgetting leave nothing behind', () => {
  const [tab, device] = [storage(), storage()]
  const token = viewToken(tab, device)
  token.keep('old', true)
  token.keep('new', false)
  expect([token.current, device.length]).toEqual(['new', 0])
  token.keep('new', true)
  token.forget()
  expect([token.current, tab.length, device.length]).toEqual([null, 0, 0])
})

test('where storage is forbidden nothing is kept, and nothing fails', () => {
  const token = viewToken(null, null)
  token.keep('secret', true)
  token.forget()
  expect([token.current, token.canBeRemembered]).toEqual([null, false])
})
