import { expect, test } from 'vitest'
import { pageKeys, type Stroke, shortcutOf } from '../../../client/state/shortcuts.ts'

const stroke = (key: string, more: Partial<Stroke> = {}): Stroke => ({
  key,
  modified: false,
  typing: false,
  at: 10_000,
  ...more,
})

test('a slash searches and a question mark helps', () => {
  expect(shortcutOf(stroke('/'), null).shortcut).toEqual({ do: 'search' })
  expect(shortcutOf(stroke('?'), null).shortcut).toEqual({ do: 'help' })
})

test('g and a letter go to a page; the letter alone does nothing', () => {
  for (const { key, page } of pageKeys) {
    const { goAt, shortcut } = shortcutOf(stroke('g'), null)
    expect(shortcut).toBeNull()
    expect(shortcutOf(stroke(key), goAt)).toEqual({ shortcut: { do: 'go', page }, goAt: null })
    expect(shortcutOf(stroke(key), null).shortcut).toBeNull()
  }
})

test('g does not wait for ever, and not beyond another key', () => {
  expect(shortcutOf(stroke('n', { at: 12_000 }), 10_000).shortcut).toBeNull()
  const { goAt } = shortcutOf(stroke('x'), 10_000)
  expect(shortcutOf(stroke('n'), goAt).shortcut).toBeNull()
  expect(shortcutOf(stroke('Shift'), 10_000).goAt).toBe(10_000)
})

test('nothing happens while somebody types, or with a modifier', () => {
  for (const key of ['/', '?', 'g']) {
    expect(shortcutOf(stroke(key, { typing: true }), null)).toEqual({ shortcut: null, goAt: null })
    expect(shortcutOf(stroke(key, { modified: true }), null)).toEqual({ shortcut: null, goAt: null })
  }
  expect(shortcutOf(stroke('n', { modified: true }), 10_000).shortcut).toBeNull()
})
