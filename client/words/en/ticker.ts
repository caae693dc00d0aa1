import { sentenceCase } from '../sentence-case.ts'

/** What passes by, and what is read aloud. */
export const ticker = {
  label: 'Ticker',
  play: 'Play',
  pause: 'Pause',
  playTicker: 'Play the ticker',
  pauseTicker: 'Pause the ticker',
  notice: 'Notice',
  ended: (stage: string, ago: string) => `${stage} ${ago}`,
  spokenOpened: (where: string, title: string) => sentenceCase(`${where}: new incident. ${title}`),
  spokenEnded: (where: string, stage: string, title: string) => sentenceCase(`${where}: ${stage}. ${title}`),
  moreChanges: (n: number) => (n === 1 ? '1 more change.' : `${n} more changes.`),
}
