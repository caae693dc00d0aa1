import { lists } from './lists.ts'

export const incidents = {
  heading: 'Incidents',
  none: 'None anywhere.',
  noneKnown: 'None is known.',
  scheduled: 'Scheduled maintenance',
  ended: 'Ended lately',
  worldwide: (provider: string) => `${provider}, worldwide`,
  inRegions: (provider: string, regions: readonly string[]) => `${provider} ${lists.sentence(regions)}`,
  /** Before the title. */
  where: (where: string) => `${where}: `,
  stateAndStage: (state: string, stage: string) => `${state}, ${stage}`,
  endedAfter: (stage: string, length: string, ago: string) => `${stage} after ${length}, ${ago}`,
  /** Before what an update says. */
  update: (stage: string) => `${stage}.`,
  updates: (n: number) => (n === 1 ? '1 update' : `${n} updates`),
  less: 'Less',
  /** Read aloud after the number of updates. */
  of: (title: string) => `of ${title}`,
  /** Leads to the page of all, where more are active than are listed. */
  all: (n: number) => `All ${n} incidents`,
  statusPage: 'Status page',
}
