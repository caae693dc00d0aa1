import { time } from './en/time.ts'

/** English: the catalogue that every other language is held against, and the one that is always there. */
export const en = {
  /** BCP 47, as the document's `lang`. */
  tag: 'en',
  dir: 'ltr',
  /** In which dates and figures are written. */
  locale: 'en-GB',
  time,
}
