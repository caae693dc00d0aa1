import { wallRules } from '../../../shared/domain/wall-layout.ts'
import { lists } from './first.ts'

/** The wall: a screen that many people read from a distance. */
export const wall = {
  scenes: {
    map: 'Map',
    mine: 'My stack',
    day: 'The last 24 hours',
    incidents: 'Incidents now',
    timeline: 'One incident',
    figures: 'In figures',
    news: 'News',
    quote: 'Customers',
    notices: 'Notices',
    clocks: 'Clocks',
  },
  /** What is wrong with a setting, and what to write; follows the input. English is that of the sources file's errors. */
  rules: wallRules,
  problems: (n: number) => (n === 1 ? 'One setting could not be used' : `${n} settings could not be used`),
  moreProblems: (n: number) => (n === 1 ? 'And one more.' : `And ${n} more.`),
  tooFar:
    'The screen is too small for this distance: the text is as large as it can be. Say a shorter distance, or use a larger screen.',
  goesOn: 'The wall goes on without.',
  unknownWall: (name: string) => `No wall is called ${name}.`,
  knownWalls: (names: readonly string[]) =>
    names.length === 0
      ? 'None is set up: name one under walls in the sources file.'
      : `These are: ${lists.sentence(names)}. Correct the address.`,
  waiting: 'Nothing is known yet: waiting for the first picture.',
  simulated: 'SIMULATED',
  notLiveShort: 'not live',
  /** Until when the data is current. */
  asOf: (clock: string) => `As of ${clock}`,
  notLive: 'No live connection. This is the last known state.',
  silent: 'The readings have stopped. This is the last known state.',
  alerts: 'Incidents that nobody has acknowledged',
  /** States in few letters: they are read from a distance. */
  state: {
    operational: 'operational',
    under_maintenance: 'maintenance',
    degraded_performance: 'degraded',
    partial_outage: 'partial outage',
    major_outage: 'major outage',
    unknown: 'unknown',
    announced: 'announced',
  },
  place: (state: string, since: string) => `${state} ${since}`,
  more: (n: number) => `and ${n} more`,
  /** Regions beyond those that fit. */
  moreRegions: (n: number, state: string) => `and ${n} more, at worst: ${state}`,
  acknowledge: 'Seen',
  /** Why a takeover is shown, and how to end it. */
  announced: {
    opened: 'New incident. Press A once it is seen.',
    worsened: 'An incident grows worse. Press A once it is seen.',
  },
  pinned: 'pinned',
  muted: 'muted',
  levels: { info: 'Notice', warning: 'Warning', urgent: 'Urgent' },
  scan: 'Scan to read',
  noUpdates: 'Nothing has been said yet.',
  /** In place of a requested scene that has nothing to show. */
  nothing: {
    mine: 'No stack is chosen: name one in the sources file, or its regions in the address.',
    day: 'Nothing was wrong in the last 24 hours.',
    timeline: 'No incident now.',
    news: 'No article yet.',
    quote: 'No customer has been quoted lately.',
    notices: 'No notice now.',
  },
  here: 'here',
  clockBehind: (by: string) => `This screen's clock is ${by} behind. Times are the server's.`,
  clockAhead: (by: string) => `This screen's clock is ${by} ahead. Times are the server's.`,
  /** The browser has no wake lock here. */
  mayBlank: 'The browser cannot keep this screen on. Turn off blanking in the system, or open the wall by https.',
}
