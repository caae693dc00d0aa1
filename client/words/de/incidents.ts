import type { Words } from '../words.ts'
import { lists } from './lists.ts'

export const incidents: Words['incidents'] = {
  heading: 'Störungen',
  none: 'Nirgends eine.',
  noneKnown: 'Keine bekannt.',
  scheduled: 'Geplante Wartung',
  ended: 'Kürzlich beendet',
  worldwide: provider => `${provider}, weltweit`,
  inRegions: (provider, regions) => `${provider} ${lists.sentence(regions)}`,
  where: where => `${where}: `,
  stateAndStage: (state, stage) => `${state}, ${stage}`,
  endedAfter: (stage, length, ago) => `${stage} nach ${length}, ${ago}`,
  update: stage => `${stage}.`,
  updates: n => (n === 1 ? '1 Meldung' : `${n} Meldungen`),
  less: 'Weniger',
  of: title => `zu ${title}`,
  /** Leads to the page of all, where more are active than are listed. */
  all: n => `Alle ${n} Störungen`,
  statusPage: 'Statusseite',
}
