import { languageOf } from '../words/languages.ts'
import { loadWallWords } from '../words/wall-words.ts'

/** The wall's page, and its words in the language of this tag, so that it speaks it from its first moment. */
export async function loadWall(tag: string) {
  const [{ default: WallPage }, firstWords] = await Promise.all([
    import('./WallPage.svelte'),
    loadWallWords[languageOf(tag) ?? 'en'](),
  ])
  return { WallPage, firstWords }
}
