import { expect, test } from 'vitest'
import { identityKey, screenIdentity } from '../../../client/wall/screen-identity.ts'

/** What a browser keeps, without the browser. */
function storageOf(kept: Record<string, string> = {}): Storage {
  const texts = new Map(Object.entries(kept))
  return {
    get length() {
      return texts.size
    },
    key: at => [...texts.keys()][at] ?? null,
    getItem: key => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: key => void texts.delete(key),
    clear: () => texts.clear(),
  }
}
const random = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)
const key = identityKey(new URLSearchParams())

test('a screen is the same after a reload, with what it was admitted with', () => {
  const storage = storageOf()
  const first = screenIdentity(storage, key, random)
  expect(first.id).toMatch(/^[0-9a-f]{32}$/)
  expect(screenIdentity(storage, key, random).id).toBe(first.id)
  first.admit('a'.repeat(32), 's'.repeat(43))
  const again = screenIdentity(storage, key, random)
  expect([again.id, again.token]).toEqual(['a'.repeat(32), `${'a'.repeat(32)}.${'s'.repeat(43)}`])
  again.withdraw()
  const after = screenIdentity(storage, key, random)
  expect(after.token).toBeNull()
  expect(after.id).not.toBe('a'.repeat(32))
})

test('windows that are named apart are screens of their own', () => {
  const storage = storageOf()
  const ids = ['', 'name=lobby', 'at=0,0&wall=2x1', 'at=1,0&wall=2x1'].map(
    query => screenIdentity(storage, identityKey(new URLSearchParams(query)), random).id,
  )
  expect(new Set(ids).size).toBe(4)
})

test.each(['', 'not JSON', '{"id":"x","token":null}', 'null'])(
  'what was kept and is no identity is replaced: %j',
  text => {
    expect(screenIdentity(storageOf({ [key]: text }), key, random).id).toMatch(/^[0-9a-f]{32}$/)
  },
)

test('where nothing may be kept it is somebody for as long as the page is open', () => {
  const identity = screenIdentity(null, key, random)
  expect(identity.id).toBe(identity.id)
})
