import { createContext } from 'svelte'
import { en as english, type Words } from './en/page.ts'

/** The languages of the page, each by its own name. */
export const languages = [
  { tag: 'en', name: 'English' },
  { tag: 'de', name: 'Deutsch' },
  { tag: 'ja', name: '日本語' },
] as const

export type LanguageTag = (typeof languages)[number]['tag']

/** English is part of the first script; other languages are loaded on demand. */
export const loadWords: Readonly<Record<LanguageTag, () => Words | Promise<Words>>> = {
  en: () => english,
  de: async () => (await import('./de/page.ts')).de,
  ja: async () => (await import('./ja/page.ts')).ja,
}

/** Narrows a tag to one of our languages; null for others. */
export const languageOf = (tag: string | null | undefined): LanguageTag | null =>
  languages.find(language => language.tag === tag)?.tag ?? null

/** The first of the reader's languages (BCP 47, the preferred one first) that is one of ours; else English. */
export function bestLanguage(wanted: readonly string[]): LanguageTag {
  for (const tag of wanted) {
    const found = languageOf(tag.toLowerCase().split('-')[0])
    if (found) return found
  }
  return 'en'
}

/** The current words, for components: `const words = getWords()`, then `words().news.heading`. */
export const [getWords, setWords] = createContext<() => Words>()
