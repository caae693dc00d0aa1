import type { en } from './en/page.ts'

/** All words of the page in one language: every key of English, with the same parameters. */
export type Words = Omit<typeof en, 'dir'> & { dir: 'ltr' | 'rtl' }
