import { expect, test } from 'vitest'
import { de as german } from '../../../client/words/de/page.ts'
import { languageState } from '../../../client/words/language.svelte.ts'
import { bestLanguage, loadFirstWords, loadWords } from '../../../client/words/languages.ts'

const kept = (language: string | null) => {
  const values = new Map(language === null ? [] : [['nephoscope.language', language]])
  // what the state uses of a storage
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  } as Storage
}
const page = (
  wanted: string[],
  storage: Storage | null = null,
  { loadFirst = loadFirstWords, loadAll = loadWords } = {},
) => {
  const root = { lang: 'en', dir: '' }
  const warnings: string[] = []
  const language = languageState({ storage, wanted, root, loadFirst, loadAll, warn: line => warnings.push(line) })
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
  expect([language.first.tag, root]).toEqual(['ja', { lang: 'ja', dir: 'ltr' }])
  await language.choose('de')
  expect([language.first.tag, root.lang, storage.getItem('nephoscope.language')]).toEqual(['de', 'de', 'de'])
})

test('a language that cannot be loaded leaves English, with a warning', async () => {
  const { language, root, warnings } = page(['de'], null, {
    loadFirst: { ...loadFirstWords, de: () => Promise.reject(new Error('not found')) },
  })
  await language.ready
  expect([language.first.tag, root.lang, warnings]).toEqual([
    'en',
    'en',
    ["Nephoscope could not load the language 'de': Error: not found"],
  ])
})

test('of two choices the last one counts, whichever comes first', async () => {
  const waiting: (() => void)[] = []
  const slow = {
    ...loadFirstWords,
    de: async () => {
      await new Promise<void>(resolve => waiting.push(resolve))
      return loadFirstWords.de()
    },
  }
  const { language } = page([], null, { loadFirst: slow })
  const german = language.choose('de')
  await language.choose('ja')
  for (const go of waiting) go()
  await german
  expect(language.first.tag).toBe('ja')
})

test('a word that is no language changes nothing', async () => {
  const { language } = page([], kept('__proto__'))
  await language.ready
  await language.choose('constructor')
  expect(language.first.tag).toBe('en')
})

test('all words come on demand, and from then on with every language that is chosen', async () => {
  const { language } = page(['de'])
  await language.ready
  expect([language.first.frame.settings, language.all]).toEqual(['Einstellungen', null])
  expect(() => language.words).toThrow('before they are loaded')
  await language.load()
  expect(language.words.admission.asking).toBe(german.admission.asking)
  await language.choose('ja')
  expect([language.first.tag, language.words.tag]).toEqual(['ja', 'ja'])
})

test('a language that is chosen while all words of another are loading is spoken whole', async () => {
  const waiting: (() => void)[] = []
  const slow = {
    ...loadWords,
    en: async () => {
      await new Promise<void>(resolve => waiting.push(resolve))
      return loadWords.en()
    },
  }
  const { language } = page([], null, { loadAll: slow })
  await language.ready
  const loaded = language.load()
  await language.choose('ja')
  for (const go of waiting) go()
  await loaded
  expect([language.first.tag, language.words.tag]).toEqual(['ja', 'ja'])
})

test('words that could not be loaded are asked for again', async () => {
  let isReachable = false
  const { language } = page([], null, {
    loadAll: { ...loadWords, en: () => (isReachable ? loadWords.en() : Promise.reject(new Error('not found'))) },
  })
  await expect(language.load()).rejects.toThrow('not found')
  expect(language.all).toBe(null)
  isReachable = true
  await language.load()
  expect(language.words.tag).toBe('en')
})
