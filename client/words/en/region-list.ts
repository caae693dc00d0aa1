import { numbersIn } from '../numbers.ts'

const { whole } = numbersIn('en-GB')

export type ListSummary = { shown: number; all: number; zone: string }

/** The page that lists all regions. */
export const regionList = {
  summary: ({ shown, all, zone }: ListSummary) =>
    `${shown === all ? `${whole(all)} regions` : `${whole(shown)} of ${whole(all)} regions`}. Times are ${zone}.`,
  /** On the dashboard, where the list is a page away. */
  asList: 'Table and cards',
  view: 'View',
  views: { table: 'Table', cards: 'Cards', matrix: 'Matrix' },
  filters: 'Filter regions',
  findHint: 'name, code, city, country',
  trouble: 'any trouble',
  geography: 'Geography',
  groupBy: 'Group by',
  noGroup: 'nothing',
  groups: { provider: 'provider', geography: 'geography', metro: 'metro' },
  onlyMine: 'Only my regions',
  incidents: (n: number) => (n === 1 ? '1 incident' : `${whole(n)} incidents`),
  columns: {
    state: 'State',
    region: 'Region',
    code: 'Code',
    provider: 'Provider',
    place: 'Place',
    zones: 'Zones',
    since: 'Since',
    incidents: 'Incidents',
    carbonFree: 'Carbon-free',
  },
}
