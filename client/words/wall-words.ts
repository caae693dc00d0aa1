import { createContext } from 'svelte'
import type { wall } from './en/wall.ts'
import type { walls as english } from './en/walls.ts'
import type { LanguageTag } from './languages.ts'

/** What the wall says, beside the words of every page: loaded with it, so that no other page pays for them. */
export type WallWords = typeof wall

/** One way a language to get the wall's words. */
export const loadWallWords: Readonly<Record<LanguageTag, () => Promise<WallWords>>> = {
  en: async () => (await import('./en/wall.ts')).wall,
  de: async () => (await import('./de/wall.ts')).wall,
  ja: async () => (await import('./ja/wall.ts')).wall,
}

/** The wall's words in the language that is spoken now, for every part of the wall: `const wall = getWallWords()`, then `wall().scan`. */
export const [getWallWords, setWallWords] = createContext<() => WallWords>()

/** What the page on the screens says, and what a wall calls its scenes: loaded with that page. */
export type WallsWords = typeof english & Pick<WallWords, 'scenes'>

/** One way a language to get them. */
export const loadWallsWords: Readonly<Record<LanguageTag, () => Promise<WallsWords>>> = {
  en: async () => joined(await Promise.all([import('./en/walls.ts'), import('./en/wall.ts')])),
  de: async () => joined(await Promise.all([import('./de/walls.ts'), import('./de/wall.ts')])),
  ja: async () => joined(await Promise.all([import('./ja/walls.ts'), import('./ja/wall.ts')])),
}

const joined = ([{ walls }, { wall }]: [{ walls: typeof english }, { wall: WallWords }]): WallsWords => ({
  ...walls,
  scenes: wall.scenes,
})

/** In the language that is spoken now: `const walls = getWallsWords()`, then `walls().pin`. */
export const [getWallsWords, setWallsWords] = createContext<() => WallsWords>()
