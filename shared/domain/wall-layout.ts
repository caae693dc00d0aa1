import { RegionId, Slug } from './primitives.ts'
import { findTimeZone, isTimeZone, type NightHours, type NightLook, nightLooks, parseNight } from './time-zone.ts'

export const sceneNames = [
  'map',
  'mine',
  'day',
  'incidents',
  'timeline',
  'figures',
  'news',
  'quote',
  'notices',
  'clocks',
] as const
export type SceneName = (typeof sceneNames)[number]

export const wallThemes = ['night', 'day', 'contrast', 'auto'] as const
export type WallTheme = (typeof wallThemes)[number]

/** The settings of a wall. An empty list means no choice. */
export type WallLayout = {
  scenes: readonly SceneName[]
  /** In ms. */
  every: number
  providers: readonly string[]
  /** The stack that this wall speaks of; null for what the office runs on. */
  stack: string | null
  /** Regions that it speaks of instead. */
  regions: readonly RegionId[]
  theme: WallTheme
  /** IANA name; null for the screen's own zone. */
  tz: string | null
  cities: readonly string[]
  /** Reading distance, in mm. */
  distance: number
  /** Diagonal of the screen, in mm. */
  screen: number
  /** Speed of the ticker, in px per second on a screen of 1080 lines. */
  ticker: number
  sound: boolean
  /** When the screen is dimmed or dark, in the time of `tz`; null for never. */
  night: NightHours | null
  'night-look': NightLook
  wall: { cols: number; rows: number }
  /** The position of this screen, from the start and from the top; the first is 0. */
  at: { col: number; row: number }
}

export type WallSetting = keyof WallLayout

/** A part of a setting that is not valid. The rest is used. */
export type LayoutProblem = { setting: string; value: string; rule: WallSetting | 'use' | 'unknown' }

/** Half of a large room's 8 m, and the screen size that sells most. */
export const defaultLayout: WallLayout = {
  scenes: sceneNames,
  every: 20_000,
  providers: [],
  stack: null,
  regions: [],
  theme: 'night',
  tz: null,
  cities: [],
  distance: 4_000,
  screen: 55 * 25.4,
  ticker: 120,
  sound: false,
  night: null,
  'night-look': 'dim',
  wall: { cols: 1, rows: 1 },
  at: { col: 0, row: 0 },
}

/** Valid values of each setting, for messages. */
export const wallExamples: Readonly<Record<LayoutProblem['rule'], string>> = {
  scenes: sceneNames.join(', '),
  every: '20s, 2m',
  providers: 'azure,aws',
  stack: 'shop',
  regions: 'azure/westeurope,aws/eu-west-1',
  theme: wallThemes.join(', '),
  tz: 'Europe/Berlin, UTC',
  cities: 'Berlin,Tokyo,America/New_York',
  distance: '8m',
  screen: '55in, 140cm',
  ticker: '120',
  sound: 'on, off',
  night: '22:00-06:30',
  'night-look': nightLooks.join(', '),
  wall: '3x2',
  at: '1,0',
  use: 'stripe, aws/lambda@eu-west-1',
  unknown: Object.keys(defaultLayout).join(', '),
}

const MAX_LISTED = 100
const MAX_CHARACTERS = 4000

/** The valid part of a setting, if any, and the refused parts. */
type Read<T> = { value?: T; refused: readonly string[] }

const readers: { [S in WallSetting]: (text: string) => Read<WallLayout[S]> } = {
  scenes: text => list(text, name => among(sceneNames, name)),
  every: text => one(text, within(span(text), 5_000, 3_600_000)),
  providers: text => list(text, name => (Slug.safeParse(name).success ? name : undefined)),
  stack: text => one(text, Slug.safeParse(text).data),
  regions: text => list(text, name => (RegionId.safeParse(name).success ? name : undefined)),
  theme: text => one(text, among(wallThemes, text)),
  tz: text => one(text, isTimeZone(text) ? text : undefined),
  cities: text => list(text, name => findTimeZone(name) ?? undefined),
  distance: text => one(text, within(length(text), 300, 100_000)),
  screen: text => one(text, within(length(text), 100, 50_000)),
  ticker: text => one(text, within(/^\d{1,4}$/.test(text) ? Number(text) : Number.NaN, 20, 1000)),
  sound: text => one(text, text === 'on' ? true : text === 'off' ? false : undefined),
  night: text => {
    const night = parseNight(text)
    return one(text, night.ok ? night.value : undefined)
  },
  'night-look': text => one(text, among(nightLooks, text)),
  wall: text => {
    const [, cols, rows] = /^([1-9]|1\d|20)x([1-9]|1\d|20)$/.exec(text) ?? []
    return one(text, cols && rows ? { cols: Number(cols), rows: Number(rows) } : undefined)
  },
  at: text => {
    const [, col, row] = /^(\d{1,2}),(\d{1,2})$/.exec(text) ?? []
    return one(text, col && row ? { col: Number(col), row: Number(row) } : undefined)
  },
}

/** Parameters of a wall's address that are not part of the layout: the screen's name for its controllers. */
const besideLayout: ReadonlySet<string> = new Set(['name'])

const isSetting = (name: string): name is WallSetting => Object.hasOwn(readers, name)

/**
 * Settings of an address or a sources file → the layout, and each part that is not valid. Of two equal names the last
 * counts. Pure. An invalid setting keeps its default, an invalid item leaves the rest of its list.
 */
export function parseWallLayout(settings: Iterable<readonly [string, string]>): {
  layout: WallLayout
  problems: LayoutProblem[]
} {
  const layout = { ...defaultLayout }
  const problems: LayoutProblem[] = []
  const take = <S extends WallSetting>(setting: S, text: string) => {
    const { value, refused } = text.length > MAX_CHARACTERS ? { refused: [text] } : readers[setting](text)
    if (value !== undefined) layout[setting] = value
    for (const part of refused) problems.push({ setting, value: part, rule: setting })
  }
  for (const [name, text] of new Map(settings)) {
    if (isSetting(name)) take(name, text.trim())
    else if (!besideLayout.has(name)) problems.push({ setting: name, value: text, rule: 'unknown' })
  }
  const { wall, at } = layout
  if (at.col >= wall.cols || at.row >= wall.rows) {
    problems.push({ setting: 'at', value: `${at.col},${at.row}`, rule: 'at' })
    layout.at = defaultLayout.at
  }
  return { layout, problems }
}

const one = <T>(text: string, value: T | undefined): Read<T> =>
  value === undefined ? { refused: [text] } : { value, refused: [] }

function list<T>(text: string, read: (item: string) => T | undefined): Read<T[]> {
  const taken = new Set<T>()
  const refused: string[] = []
  for (const item of text.split(',').map(part => part.trim())) {
    const value = taken.size < MAX_LISTED ? read(item) : undefined
    if (value === undefined) refused.push(item)
    else taken.add(value)
  }
  return taken.size === 0 ? { refused } : { value: [...taken], refused }
}

const among = <T extends string>(names: readonly T[], text: string): T | undefined => names.find(name => name === text)

const within = (value: number, least: number, most: number): number | undefined =>
  value >= least && value <= most ? value : undefined

const seconds: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 }
const millimetres: Readonly<Record<string, number>> = { m: 1_000, cm: 10, mm: 1, in: 25.4, ft: 304.8 }

/** `20s` → ms; NaN for anything else. */
const span = (text: string): number => measured(text, seconds)
/** `8m`, `55in` → mm; NaN for anything else. */
const length = (text: string): number => measured(text, millimetres)

function measured(text: string, units: Readonly<Record<string, number>>): number {
  const [, count, unit = ''] = /^(\d{1,5}(?:\.\d{1,3})?)([a-z]{1,2})$/.exec(text) ?? []
  return Number(count) * (Object.hasOwn(units, unit) ? (units[unit] ?? Number.NaN) : Number.NaN)
}

/** The rule of each setting, in English, to follow the invalid value. The pages have the other languages. */
export const wallRules: Readonly<Record<LayoutProblem['rule'], (examples: string) => string>> = {
  scenes: known => `is not a scene: use ${known}`,
  every: examples => `is not a time from 5 s to 1 h: write it like ${examples}`,
  providers: examples => `is not a provider's id: write them like ${examples}`,
  stack: examples => `is not a stack of the sources file: write its id, like ${examples}`,
  regions: examples => `is not a region: write them like ${examples}`,
  theme: known => `is not a theme: use ${known}`,
  tz: examples => `is not a time zone: write it like ${examples}`,
  cities: examples => `is not a city that has a time zone: write them like ${examples}`,
  distance: examples => `is not a distance from 30 cm to 100 m: write it like ${examples}`,
  screen: examples => `is not a diagonal from 10 cm to 50 m: write it like ${examples}`,
  ticker: examples => `is not a speed from 20 to 1000 px a second: write it like ${examples}`,
  sound: known => `is neither: use ${known}`,
  night: examples => `is not a night: write two different times of the day, like ${examples}`,
  'night-look': known => `is not what a screen does at night: use ${known}`,
  wall: examples => `is not a number of columns and rows, at most 20 each: write it like ${examples}`,
  at: examples => `is not a screen of this wall: count from 0, column and row, like ${examples}`,
  use: examples => `is nothing that is known here: write a use like ${examples}`,
  unknown: known => `is not a setting of a wall: use ${known}`,
}
