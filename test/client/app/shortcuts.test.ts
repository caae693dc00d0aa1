import { expect, test } from 'vitest'
import { pageKeys, type Stroke, shortcutOf } from '../../../client/app/shortcuts.ts'

const stroke = (key: string, more: Partial<Stroke> = {}): Stroke => ({
  key,
  isModified: false,
  isTyping: false,
  at: 10_000,
  ...more,
})

test('a slash searches and a question mark helps', () => {
  expect(shortcutOf(stroke('/'), null, false).shortcut).toEqual({ do: 'search' })
  expect(shortcutOf(stroke('?'), null, false).shortcut).toEqual({ do: 'help' })
})

test('g and a letter go to a page; the letter alone does nothing', () => {
  for (const { key, page } of pageKeys) {
    const { goAt, shortcut } = shortcutOf(stroke('g'), null, false)
    expect(shortcut).toBeNull()
    expect(shortcutOf(stroke(key), goAt, false)).toEqual({ shortcut: { do: 'go', page }, goAt: null })
    expect(shortcutOf(stroke(key), null, false).shortcut).toBeNull()
  }
})

test('g does not wait for ever, and not beyond another key', () => {
  expect(shortcutOf(stroke('n', { at: 12_000 }), 10_000, false).shortcut).toBeNull()
  const { goAt } = shortcutOf(stroke('x'), 10_000, false)
  expect(shortcutOf(stroke('n'), goAt, false).shortcut).toBeNull()
  expect(shortcutOf(stroke('Shift'), 10_000, false).goAt).toBe(10_000)
})

test('nothing happens while somebody types, or with a modifier', () => {
  for (const key of ['/', '?', 'g']) {
    expect(shortcutOf(stroke(key, { isTyping: true }), null, false)).toEqual({ shortcut: null, goAt: null })
    expect(shortcutOf(stroke(key, { isModified: true }), null, false)).toEqual({ shortcut: null, goAt: null })
  }
  expect(shortcutOf(stroke('n', { isModified: true }), 10_000, false).shortcut).toBeNull()
})

test('a key that the page claims is the page’s, but not while somebody types or goes to another page', () => {
  expect(shortcutOf(stroke('/'), null, true).shortcut).toEqual({ do: 'claimed' })
  expect(shortcutOf(stroke('/', { isTyping: true }), null, true).shortcut).toBeNull()
  expect(shortcutOf(stroke('n'), 10_000, true).shortcut).toEqual({ do: 'go', page: { name: 'news' } })
})
