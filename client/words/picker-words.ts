import { createContext } from 'svelte'
import type { picker } from './en/picker.ts'
import type { LanguageTag } from './languages.ts'

/** The words of the page on which readers say what they run on; loaded with that page. */
export type PickerWords = typeof picker

export const loadPickerWords: Readonly<Record<LanguageTag, () => Promise<PickerWords>>> = {
  en: async () => (await import('./en/picker.ts')).picker,
  de: async () => (await import('./de/picker.ts')).picker,
  ja: async () => (await import('./ja/picker.ts')).picker,
}

/** The current words of that page: `const picker = getPickerWords()`, then `picker().chosen`. */
export const [getPickerWords, setPickerWords] = createContext<() => PickerWords>()
