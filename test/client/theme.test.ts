import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { contrast, deltaE, lab, linear, type Sight, seenBy } from './colour.ts'

const css = readFileSync(new URL('../../client/theme.css', import.meta.url), 'utf8')
const [usual = '', highContrast = ''] = css.split('[data-theme="contrast"]')

const states = ['operational', 'under-maintenance', 'degraded-performance', 'partial-outage', 'major-outage', 'unknown']

/** The theme's colours by name, as `light-dark()` gives them. */
function coloursOf(rules: string, theme: 'light' | 'dark'): (name: string) => string {
  const colours = new Map<string, string>()
  for (const [, name = '', light = '', dark = ''] of rules.matchAll(
    /--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g,
  ))
    colours.set(name, theme === 'light' ? light : dark)
  return name => {
    const colour = colours.get(name)
    if (colour === undefined) throw new Error(`theme.css has no --${name}`)
    return colour
  }
}

type Rgb = readonly [number, number, number]
const rgb = (colour: string): Rgb =>
  [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16)) as unknown as Rgb
const hex = (colour: Rgb): string => `#${colour.map(value => Math.round(value).toString(16).padStart(2, '0')).join('')}`
/** What is seen where `over` covers a share of `under`. */
const mix = (under: Rgb, over: Rgb, share: number): Rgb =>
  [0, 1, 2].map(at => (under[at] ?? 0) * (1 - share) + (over[at] ?? 0) * share) as unknown as Rgb

/** The colour of the globe's night, and how much of the ground it covers. */
function nightOf(theme: 'light' | 'dark'): { color: Rgb; share: number } {
  const [, light = '', dark = ''] = usual.match(/--globe-night: light-dark\(rgb\(([^)]+)\), rgb\(([^)]+)\)\)/) ?? []
  const [r = 0, g = 0, b = 0, percent = 0] = (theme === 'light' ? light : dark).match(/\d+/g)?.map(Number) ?? []
  return { color: [r, g, b], share: percent / 100 }
}

test('the measure of difference agrees with its published test data', () => {
  expect(deltaE({ L: 50, a: 2.6772, b: -79.7751 }, { L: 50, a: 0, b: -82.7485 })).toBeCloseTo(2.0425, 4)
  expect(deltaE({ L: 50, a: 2.49, b: -0.001 }, { L: 50, a: -2.49, b: 0.0011 })).toBeCloseTo(7.2195, 4)
  expect(deltaE({ L: 2.0776, a: 0.0795, b: -1.135 }, { L: 0.9033, a: -0.0636, b: -0.5514 })).toBeCloseTo(0.9082, 4)
})

describe.each(['light', 'dark'] as const)('the %s theme', theme => {
  const colour = coloursOf(usual, theme)

  test.each([...states, 'text', 'muted'])('%s can be read as text on both grounds', name => {
    for (const ground of ['ground', 'raised'])
      expect(contrast(linear(colour(name)), linear(colour(ground)))).toBeGreaterThanOrEqual(4.5)
  })

  test('on sea and land, by day and by night, every state and word stands out', () => {
    const { color, share } = nightOf(theme)
    for (const ground of ['globe-sea', 'globe-sea-rim', 'globe-land'].map(name => rgb(colour(name))))
      for (const [name, least] of [...states.map(state => [state, 3] as const), ['text', 4.5] as const])
        for (const under of [ground, mix(ground, color, share)])
          expect(contrast(linear(colour(name)), linear(hex(under))), `${name} on ${hex(under)}`).toBeGreaterThanOrEqual(
            least,
          )
  })

  test('the night side of the globe is darker, and its lights are seen', () => {
    const { color, share } = nightOf(theme)
    const dim = contrast(linear(colour('globe-land')), linear(hex(mix(rgb(colour('globe-land')), color, share))))
    expect(dim).toBeGreaterThan(1.2)
  })

  test.each<Sight>(['common', 'protanopia', 'deuteranopia', 'tritanopia'])(
    'no two states look alike to %s sight',
    sight => {
      const alike: string[] = []
      for (const [index, one] of states.entries())
        for (const two of states.slice(index + 1)) {
          const [a, b] = [lab(seenBy(sight, linear(colour(one)))), lab(seenBy(sight, linear(colour(two))))]
          const [difference, lightness] = [deltaE(a, b), Math.abs(a.L - b.L)]
          if (difference < 12 && lightness < 15)
            alike.push(`${one} and ${two}: difference ${difference.toFixed(1)}, lightness ${lightness.toFixed(1)}`)
        }
      expect(alike).toEqual([])
    },
  )

  test('in high contrast every colour reaches 7:1, on pure ground', () => {
    const strong = coloursOf(highContrast, theme)
    expect([strong('ground'), strong('raised')]).toEqual(Array(2).fill(theme === 'light' ? '#ffffff' : '#000000'))
    for (const name of [...states, 'text', 'muted', 'line'])
      expect(contrast(linear(strong(name)), linear(strong('ground'))), name).toBeGreaterThanOrEqual(7)
  })
})
