import { createContext } from 'svelte'
import type { walls as english } from './en/walls.ts'
import type { LanguageTag } from './languages.ts'
import type { WallWords } from './wall-words.ts'

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
