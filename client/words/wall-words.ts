import { createContext } from 'svelte'
import type { wall } from './en/wall.ts'
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
