import { createContext } from 'svelte'
import type { wall } from './en/wall.ts'
import type { walls as english } from './en/walls.ts'
import type { LanguageTag } from './languages.ts'

/** The words of the wall, beside those of every page; loaded with the wall only. */
export type WallWords = typeof wall

export const loadWallWords: Readonly<Record<LanguageTag, () => Promise<WallWords>>> = {
  en: async () => (await import('./en/wall.ts')).wall,
  de: async () => (await import('./de/wall.ts')).wall,
  ja: async () => (await import('./ja/wall.ts')).wall,
}

/** The current words of the wall: `const wall = getWallWords()`, then `wall().scan`. */
export const [getWallWords, setWallWords] = createContext<() => WallWords>()

/** The words of the page that sets up and controls screens, with those of the wall itself; loaded with that page. */
export type WallsWords = typeof english & { wall: WallWords }

export const loadWallsWords: Readonly<Record<LanguageTag, () => Promise<WallsWords>>> = {
  en: async () => joined(await Promise.all([import('./en/walls.ts'), import('./en/wall.ts')])),
  de: async () => joined(await Promise.all([import('./de/walls.ts'), import('./de/wall.ts')])),
  ja: async () => joined(await Promise.all([import('./ja/walls.ts'), import('./ja/wall.ts')])),
}

const joined = ([{ walls }, { wall }]: [{ walls: typeof english }, { wall: WallWords }]): WallsWords => ({
  ...walls,
  wall,
})

/** The current words of that page: `const walls = getWallsWords()`, then `walls().pin`. */
export const [getWallsWords, setWallsWords] = createContext<() => WallsWords>()
