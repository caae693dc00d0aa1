import { sentenceCase } from '../sentence-case.ts'
import type { Words } from '../words.ts'

export const ticker: Words['ticker'] = {
  label: 'Laufzeile',
  play: 'Weiter',
  pause: 'Pause',
  playTicker: 'Weiter mit der Laufzeile',
  pauseTicker: 'Pause der Laufzeile',
  notice: 'Hinweis',
  ended: (stage, ago) => `${stage} ${ago}`,
  spokenOpened: (where, title) => sentenceCase(`${where}: neue Störung. ${title}`),
  spokenEnded: (where, stage, title) => sentenceCase(`${where}: ${stage}. ${title}`),
  moreChanges: n => (n === 1 ? '1 weitere Änderung.' : `${n} weitere Änderungen.`),
}
