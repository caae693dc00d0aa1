import { sentenceCase } from '../sentence-case.ts'

/** The polls of the last 24 hours in words. */
export const day = {
  noPoll: 'No poll in the last 24 h.',
  allFailed: 'All polls failed in the last 24 h.',
  allOk: 'All polls ok in the last 24 h.',
  allOkBut: (exceptions: string) => `All polls ok in the last 24 h but ${exceptions}.`,
  someFailedIn: (span: string) => `${span} (some failed)`,
  allFailedIn: (span: string) => `${span} (all failed)`,
  gaps: (gaps: string) => sentenceCase(`no poll ${gaps}.`),
  before: (hour: string) => `before ${hour}`,
  since: (hour: string) => `since ${hour}`,
}
