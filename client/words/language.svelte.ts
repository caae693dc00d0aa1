import { untrack } from 'svelte'
import { first as english, type FirstWords } from './en/first.ts'
import type { Words } from './en/page.ts'
import { bestLanguage, type LanguageTag, languageOf, loadFirstWords, loadWords } from './languages.ts'

export type Language = ReturnType<typeof languageState>

type Deps = {
  /** Null where storage is forbidden. */
  storage: Storage | null
  /** The browser's languages, the preferred one first. */
  wanted: readonly string[]
  /** Gets `lang` and `dir`. */
  root: Pick<HTMLElement, 'lang' | 'dir'>
  loadFirst?: typeof loadFirstWords
  loadAll?: typeof loadWords
  warn: (line: string) => void
}

const KEY = 'nephoscope.language'

/**
 * The language of the page: the one chosen on this device, else the best of the browser's. Draw the page once `ready`
 * resolves. A language that cannot be loaded leaves the previous one.
 */
export function languageState({ storage, wanted, root, loadFirst = loadFirstWords, loadAll = loadWords, warn }: Deps) {
  let spoken = $state.raw<{ first: FirstWords; all: Words | null }>({ first: english, all: null })
  let latest: LanguageTag = 'en'
  /** From the first call of `load` on, every language is loaded whole. */
  let isWhole = false
  let loading: Promise<void> | null = null

  const speak = async (tag: LanguageTag): Promise<boolean> => {
    latest = tag
    try {
      const first = await loadFirst[tag]()
      const all = isWhole ? await loadAll[tag]() : null
      // another language was chosen while this one was loading
      if (latest !== tag) return false
      spoken = { first, all }
      root.lang = first.tag
      root.dir = first.dir
      return true
    } catch (error) {
      warn(`Nephoscope could not load the language '${tag}': ${String(error)}`)
      return false
    }
  }

  const complete = async (): Promise<void> => {
    while (spoken.all === null) {
      const { first } = spoken
      const all = await loadAll[languageOf(first.tag) ?? 'en']()
      // else another language is spoken by now
      if (spoken.first === first) spoken = { first, all }
    }
  }

  return {
    /** What the first screen says. */
    get first() {
      return spoken.first
    },
    /** All words; null until they are loaded. */
    get all() {
      return spoken.all
    },
    /** All words, for what is drawn once they are loaded. */
    get words(): Words {
      if (spoken.all === null) throw new Error('the words of the page are read before they are loaded')
      return spoken.all
    },
    /** Resolves when all words are there. After a failure the next call tries again. */
    load(): Promise<void> {
      isWhole = true
      loading ??= untrack(complete).catch(error => {
        loading = null
        throw error
      })
      return loading
    },
    /** Switches to a language and stores the choice; never rejects. */
    async choose(tag: string): Promise<void> {
      const known = languageOf(tag)
      if (known && (await speak(known))) storage?.setItem(KEY, known)
    },
    ready: speak(languageOf(storage?.getItem(KEY)) ?? bestLanguage(wanted)),
  }
}
