import { countriesIn } from '../countries.ts'
import { lists } from './lists.ts'

export const regions = {
  heading: 'Regions',
  /** Which sheet of the matrix is seen. */
  providers: 'Providers',
  /** The catalogue names the continents in English. */
  geography: (continent: string) => continent,
  noRegionNamed: (state: string) => `${state}, no region named`,
  /** A cell of the matrix, as it is read aloud. */
  cell: (name: string, sentence: string) => `${name}, ${sentence}`,
  mine: { heading: 'My regions', none: "Open a region and choose 'Add to my regions'." },
  add: 'Add to my regions',
  remove: 'Remove from my regions',
  announced: 'Announced, not open yet',
  announcedSentence: (place: string) => `${place}: announced, not open yet.`,
  lastKnown: (state: string, clock: string) => `last known: ${state}, ${clock}`,
  unknownSentence: (place: string, lastKnown: string | null) =>
    `${place}: unknown, ${lastKnown ?? 'no source has told yet'}.`,
  /** 'Azure West Europe: degraded performance since 14:02 (38 min). Storage.' */
  sentence: (place: string, state: string, since: string | null, services: readonly string[]) =>
    `${place}: ${state}${since === null ? '' : ` ${since}`}.${services.length === 0 ? '' : ` ${lists.plain(services)}.`}`,
  country: countriesIn('en-GB'),
  facts: {
    code: 'Code',
    name: 'Name',
    city: 'City',
    country: 'Country',
    zones: 'Zones',
    localTime: 'Local time',
    opened: 'Opened',
    pair: 'Pair',
    residency: 'Data stay in',
    carbonFree: 'Carbon-free',
  },
  share: (percent: number) => `${percent} %`,
}
