import type { en } from './en/page.ts'

/** Everything that the page says, in one language: every key of English, with the same parameters. */
export type Words = Omit<typeof en, 'dir'> & { dir: 'ltr' | 'rtl' }
