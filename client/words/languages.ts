import { createContext } from 'svelte'
import { first as english, type FirstWords } from './en/first.ts'
import type { Words } from './en/page.ts'

/** The languages of the page, each by its own name. */
export const languages = [
  { tag: 'en', name: 'English' },
  { tag: 'de', name: 'Deutsch' },
  { tag: 'ja', name: '日本語' },
] as const

export type LanguageTag = (typeof languages)[number]['tag']

/** What the first screen says. English is part of the first script; other languages are loaded on demand. */
export const loadFirstWords: Readonly<Record<LanguageTag, () => FirstWords | Promise<FirstWords>>> = {
  en: () => english,
  de: async () => (await import('./de/first.ts')).first,
  ja: async () => (await import('./ja/first.ts')).first,
}

/** All words of the page, loaded beside what says them. */
export const loadWords: Readonly<Record<LanguageTag, () => Promise<Words>>> = {
  en: async () => (await import('./en/page.ts')).en,
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

/** The current words, for components that are loaded on demand: `const words = getWords()`, then `words().news.heading`. */
export const [getWords, setWords] = createContext<() => Words>()

/** The same for components of the first script, and those that they share with others. */
export const [getFirstWords, setFirstWords] = createContext<() => FirstWords>()
