import { createContext } from 'svelte'
import { en } from './en/page.ts'
import type { Words } from './words.ts'

/** The languages that the page speaks, each by its own name. */
export const languages = [
  { tag: 'en', name: 'English' },
  { tag: 'de', name: 'Deutsch' },
  { tag: 'ja', name: '日本語' },
] as const

export type LanguageTag = (typeof languages)[number]['tag']

/** English comes with the first script; every other language when somebody wants it. */
export const loadWords: Readonly<Record<LanguageTag, () => Words | Promise<Words>>> = {
  en: () => english,
  de: async () => (await import('./de/page.ts')).de,
  ja: async () => (await import('./ja/page.ts')).ja,
}

/** `en` as any language. */
export const english: Words = { ...en, dir: 'ltr' }

/** What is stored or asked for, if it is one of ours; null otherwise. */
export const languageOf = (tag: string | null | undefined): LanguageTag | null =>
  languages.find(language => language.tag === tag)?.tag ?? null

/** The first of the reader's languages (BCP 47, most wanted first) that is spoken here; English where none is. */
export function bestLanguage(wanted: readonly string[]): LanguageTag {
  for (const tag of wanted) {
    const found = languageOf(tag.toLowerCase().split('-')[0])
    if (found) return found
  }
  return 'en'
}

/** The words of the language that is spoken now, for every component: `const words = getWords()`, then `words().news.heading`. */
export const [getWords, setWords] = createContext<() => Words>()
