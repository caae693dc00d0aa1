import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultLayout, parseWallLayout, sceneNames } from '../../../shared/domain/wall-layout.ts'

const read = (query: string) => parseWallLayout(new URLSearchParams(query))

test('an address that says nothing gives the usual wall', () => {
  expect(read('')).toEqual({ layout: defaultLayout, problems: [] })
})

test('an address says what a wall shows and how', () => {
  const { layout, problems } = read(
    'scenes=map,mine,news&every=20s&providers=azure,aws&stack=shop&regions=azure/westeurope&theme=night&tz=Europe/Berlin' +
      '&cities=Tokyo,new york,Europe/Berlin&distance=8m&screen=55in&ticker=120&sound=on&wall=2x1&at=1,0',
  )
  expect(problems).toEqual([])
  expect(layout).toEqual({
    scenes: ['map', 'mine', 'news'],
    every: 20_000,
    night: null,
    'night-look': 'dim',
    providers: ['azure', 'aws'],
    stack: 'shop',
    regions: ['azure/westeurope'],
    theme: 'night',
    tz: 'Europe/Berlin',
    cities: ['Asia/Tokyo', 'America/New_York', 'Europe/Berlin'],
    distance: 8_000,
    screen: 1_397,
    ticker: 120,
    sound: true,
    wall: { cols: 2, rows: 1 },
    at: { col: 1, row: 0 },
  })
})

test.each([
  ['every=90s', { every: 90_000 }],
  ['every=2m', { every: 120_000 }],
  ['every=1h', { every: 3_600_000 }],
  ['distance=26.5ft', { distance: 26.5 * 304.8 }],
  ['distance=350cm', { distance: 3_500 }],
  ['screen=140cm', { screen: 1_400 }],
  ['tz=UTC', { tz: 'UTC' }],
  ['scenes= news , map ,news', { scenes: ['news', 'map'] }],
  ['every=20s&every=30s', { every: 30_000 }],
])('%s is understood', (query, expected) => {
  expect(read(query)).toEqual({ layout: { ...defaultLayout, ...expected }, problems: [] })
})

test.each([
  'every=5 minutes',
  'every=1s',
  'every=2h',
  'every=-20s',
  'stack=The shop',
  'theme=pink',
  'tz=Europe/Atlantis',
  'cities=Atlantis',
  'distance=8',
  'distance=0m',
  'distance=8constructor',
  'screen=55',
  'ticker=fast',
  'ticker=5000',
  'sound=loud',
  'wall=0x2',
  'wall=3',
  'wall=99x99',
  'at=left',
  'at=1,0',
  'regions=westeurope',
  'providers=Azure Cloud',
  'scenes=weather',
  'scenes=',
])('%s leaves what is usual, and is named', query => {
  const [setting = '', value = ''] = query.split('=')
  expect(read(query)).toEqual({ layout: defaultLayout, problems: [{ setting, value, rule: setting }] })
})

test('a list goes on with what could be read of it', () => {
  const { layout, problems } = read('scenes=map,weather,news&regions=azure/westeurope,nowhere')
  expect(layout).toMatchObject({ scenes: ['map', 'news'], regions: ['azure/westeurope'] })
  expect(problems.map(({ value }) => value)).toEqual(['weather', 'nowhere'])
})

test('what is no setting is named, whatever it is called', () => {
  for (const setting of ['scnes', 'constructor', '__proto__', 'toString'])
    expect(read(`${setting}=1`).problems).toEqual([{ setting, value: '1', rule: 'unknown' }])
})

describe('whatever an address says', () => {
  test('it gives a layout that can be shown', () => {
    const names = [...Object.keys(defaultLayout), 'other']
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...names), fc.string({ maxLength: 60 }))), settings => {
        const { layout } = parseWallLayout(settings)
        expect(layout.scenes.length).toBeGreaterThan(0)
        expect(layout.scenes.every(scene => sceneNames.includes(scene))).toBe(true)
        expect(layout.every).toBeGreaterThanOrEqual(5_000)
        expect(layout.at.col).toBeLessThan(layout.wall.cols)
        expect(layout.at.row).toBeLessThan(layout.wall.rows)
      }),
    )
  })

  test('a value of any length is refused in no time', () => {
    expect(read(`scenes=${'map,'.repeat(5000)}`).problems).toHaveLength(1)
  })
})
