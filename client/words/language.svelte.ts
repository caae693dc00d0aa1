import { en, type Words } from './en/page.ts'
import { bestLanguage, type LanguageTag, languageOf, loadWords } from './languages.ts'

export type Language = ReturnType<typeof languageState>

type Deps = {
  /** Null where storage is forbidden. */
  storage: Storage | null
  /** The browser's languages, the preferred one first. */
  wanted: readonly string[]
  /** Gets `lang` and `dir`. */
  root: Pick<HTMLElement, 'lang' | 'dir'>
  load?: typeof loadWords
  warn: (line: string) => void
}

const KEY = 'nephoscope.language'

/**
 * The language of the page: the one chosen on this device, else the best of the browser's. Draw the page once `ready`
 * resolves. A language that cannot be loaded leaves the previous one.
 */
export function languageState({ storage, wanted, root, load = loadWords, warn }: Deps) {
  let words = $state.raw<Words>(en)
  let latest: LanguageTag = 'en'

  const speak = async (tag: LanguageTag): Promise<boolean> => {
    latest = tag
    try {
      const loaded = await load[tag]()
      // another language was chosen while this one was loading
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
    /** Switches to a language and stores the choice; never rejects. */
    async choose(tag: string): Promise<void> {
      const known = languageOf(tag)
      if (known && (await speak(known))) storage?.setItem(KEY, known)
    },
    ready: speak(languageOf(storage?.getItem(KEY)) ?? bestLanguage(wanted)),
  }
}
