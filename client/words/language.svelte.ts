import { bestLanguage, english, type LanguageTag, languageOf, loadWords } from './languages.ts'
import type { Words } from './words.ts'

export type Language = ReturnType<typeof languageState>

type Deps = {
  /** Null where storage is forbidden. */
  storage: Storage | null
  /** The reader's languages as the browser tells them, most wanted first. */
  wanted: readonly string[]
  /** Bears `lang` and `dir`. */
  root: Pick<HTMLElement, 'lang' | 'dir'>
  load?: typeof loadWords
  warn: (line: string) => void
}

const KEY = 'nephoscope.language'

/**
 * The language of the page: what this reader chose on this device, else the best of their browser's languages. The page
 * may be drawn when `ready` has come; a language that cannot be loaded leaves the one that is there.
 */
export function languageState({ storage, wanted, root, load = loadWords, warn }: Deps) {
  let words = $state.raw<Words>(english)
  let latest: LanguageTag = 'en'

  const speak = async (tag: LanguageTag): Promise<boolean> => {
    latest = tag
    try {
      const loaded = await load[tag]()
      // whoever changes their mind while a language is loading gets what they wanted last
      if (latest !== tag) return false
      words = loaded
      root.lang = loaded.tag
      root.dir = loaded.dir
      return true
    } catch (error) {
      warn(`Nephoscope could not load the language '${tag}': ${String(error)}`)
      return false
    }
  }

  return {
    get words() {
      return words
    },
    /** Speaks it from now on and remembers it; never rejects. */
    async choose(tag: string): Promise<void> {
      const known = languageOf(tag)
      if (known && (await speak(known))) storage?.setItem(KEY, known)
    },
    ready: speak(languageOf(storage?.getItem(KEY)) ?? bestLanguage(wanted)),
  }
}
