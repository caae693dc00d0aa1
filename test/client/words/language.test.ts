import { expect, test } from 'vitest'
import { languageState } from '../../../client/words/language.svelte.ts'
import { bestLanguage, loadWords } from '../../../client/words/languages.ts'

const kept = (language: string | null) => {
  const values = new Map(language === null ? [] : [['nephoscope.language', language]])
  // what the state uses of a storage
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  } as Storage
}
const page = (wanted: string[], storage: Storage | null = null, load = loadWords) => {
  const root = { lang: 'en', dir: '' }
  const warnings: string[] = []
  const language = languageState({ storage, wanted, root, load, warn: line => warnings.push(line) })
  return { language, root, warnings }
}

test('the best of the browser’s languages is spoken, English where none is known', () => {
  expect(bestLanguage(['fr-CH', 'de-AT', 'en'])).toBe('de')
  expect(bestLanguage(['JA'])).toBe('ja')
  expect(bestLanguage(['fr', 'tlh'])).toBe('en')
  expect(bestLanguage([])).toBe('en')
})

test('what was chosen comes before what the browser says, and is remembered', async () => {
  const storage = kept('ja')
  const { language, root } = page(['de'], storage)
  await language.ready
  expect([language.words.tag, root]).toEqual(['ja', { lang: 'ja', dir: 'ltr' }])
  await language.choose('de')
  expect([language.words.tag, root.lang, storage.getItem('nephoscope.language')]).toEqual(['de', 'de', 'de'])
})

test('a language that cannot be loaded leaves English, with a warning', async () => {
  const { language, root, warnings } = page(['de'], null, {
    ...loadWords,
    de: () => Promise.reject(new Error('not found')),
  })
  await language.ready
  expect([language.words.tag, root.lang, warnings]).toEqual([
    'en',
    'en',
    ["Nephoscope could not load the language 'de': Error: not found"],
  ])
})

test('of two choices the last one counts, whichever comes first', async () => {
  const waiting: (() => void)[] = []
  const slow = {
    ...loadWords,
    de: async () => {
      await new Promise<void>(resolve => waiting.push(resolve))
      return loadWords.de()
    },
  }
  const { language } = page([], null, slow)
  const german = language.choose('de')
  await language.choose('ja')
  for (const go of waiting) go()
  await german
  expect(language.words.tag).toBe('ja')
})

test('a word that is no language changes nothing', async () => {
  const { language } = page([], kept('__proto__'))
  await language.ready
  await language.choose('constructor')
  expect(language.words.tag).toBe('en')
})
