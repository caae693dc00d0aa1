import { createContext } from 'svelte'
import type { Words } from './words.ts'

/** The words of the language that is spoken now, for every component: `const words = getWords()`, then `words().news.heading`. */
export const [getWords, setWords] = createContext<() => Words>()
