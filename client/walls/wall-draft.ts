import { type NightLook, parseNight } from '../../shared/domain/time-zone.ts'
import {
  defaultLayout,
  parseWallLayout,
  type SceneName,
  sceneNames,
  type WallLayout,
  type WallTheme,
} from '../../shared/domain/wall-layout.ts'

/** What a person chooses for a screen before it has an address. */
export type WallDraft = {
  /** The diagonal, in inches, as screens are sold. */
  inches: number
  /** Reading distance, in metres. */
  metres: number
  /** As an address names it: an id of the settings, or a whole stack; null for all that the office runs on. */
  stack: string | null
  /** Every scene, in the order in which they are shown. */
  order: readonly SceneName[]
  ticked: ReadonlySet<SceneName>
  theme: WallTheme
  /** Two times of the day, `22:00`; null for never. */
  night: { from: string; until: string } | null
  look: NightLook
}

export const screenInches = [24, 27, 32, 43, 50, 55, 65, 75, 86, 98] as const
/** Metres; the step of the slider is half a metre. */
export const distances = { least: 1, most: 12, step: 0.5 } as const

const INCH_MM = 25.4

export const firstDraft: WallDraft = {
  inches: Math.round(defaultLayout.screen / INCH_MM),
  metres: defaultLayout.distance / 1_000,
  stack: null,
  order: sceneNames,
  ticked: new Set(sceneNames),
  theme: defaultLayout.theme,
  night: null,
  look: defaultLayout['night-look'],
}

/** The settings of a draft that differ from the usual wall, in the words of an address. */
export function settingsOf(draft: WallDraft): [setting: keyof WallLayout, value: string][] {
  const scenes = shownScenes(draft)
  const night = draft.night === null ? '' : `${draft.night.from}-${draft.night.until}`
  const hasNight = parseNight(night).ok
  const settings: [keyof WallLayout, string, isUsual: boolean][] = [
    ['screen', `${draft.inches}in`, draft.inches === firstDraft.inches],
    ['distance', `${draft.metres}m`, draft.metres === firstDraft.metres],
    ['stack', draft.stack ?? '', draft.stack === null],
    ['scenes', scenes.join(','), scenes.length === 0 || scenes.join() === sceneNames.join()],
    ['theme', draft.theme, draft.theme === firstDraft.theme],
    ['night', night, !hasNight],
    ['night-look', draft.look, !hasNight || draft.look === firstDraft.look],
  ]
  return settings.flatMap(([setting, value, isUsual]) => (isUsual ? [] : [[setting, value]]))
}

/** The path of the wall: `/wall?scenes=map,news&distance=8m`. What a reader may type stays readable. */
export function wallPath(draft: WallDraft): string {
  const query = settingsOf(draft).map(([setting, value]) => `${setting}=${readable(value)}`)
  return query.length === 0 ? '/wall' : `/wall?${query.join('&')}`
}

const readable = (value: string): string =>
  encodeURIComponent(value).replace(/%(?:2F|3A|3B|40|2C)/g, decodeURIComponent)

/** The same as a line of a sources file, under a name; a whole stack is named there beside it. */
export function wallLine(draft: WallDraft): string {
  const settings = settingsOf(draft).filter(([setting, value]) => setting !== 'stack' || !value.includes(':'))
  const written = settings.map(([setting, value]) => `${setting}: ${yaml(setting, value)}`)
  return `walls:\n  lobby: ${written.length === 0 ? '{}' : `{ ${written.join(', ')} }`}`
}

const yaml = (setting: keyof WallLayout, value: string): string =>
  setting === 'scenes' ? `[${value.replaceAll(',', ', ')}]` : value.includes(':') ? `'${value}'` : value

/** The layout of a draft, as the wall itself reads it. */
export const layoutOf = (draft: WallDraft): WallLayout =>
  parseWallLayout(settingsOf(draft).filter(([setting]) => setting !== 'stack')).layout

/** In the chosen order; all of them where none is ticked. */
export const shownScenes = ({ order, ticked }: WallDraft): SceneName[] => order.filter(scene => ticked.has(scene))

/** The order after a scene moved by so many places; the same at the ends. */
export function moved(order: readonly SceneName[], scene: SceneName, by: number): readonly SceneName[] {
  const from = order.indexOf(scene)
  const to = from + by
  if (from < 0 || to < 0 || to >= order.length) return order
  const rest = order.filter(one => one !== scene)
  return [...rest.slice(0, to), scene, ...rest.slice(to)]
}
