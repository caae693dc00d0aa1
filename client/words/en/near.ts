import { numbersIn } from '../numbers.ts'

const { whole } = numbersIn('en-GB')

/** The page on the nearest regions. */
export const near = {
  city: 'City',
  cityHint: 'Vienna, Osaka, São Paulo',
  show: 'Show',
  here: 'Use where I am',
  privacy: 'What you type and where you are never leave this page.',
  noCity: (text: string) => `No city '${text}' is known here. Try a larger one nearby.`,
  noPlace: 'No place is named yet: regions are in the order of their names.',
  from: (place: string) => `Distances from ${place}, as the crow flies.`,
  asking: 'The browser is being asked.',
  yourPlace: 'where you are',
  denied: 'The browser does not tell where you are. Name a city instead.',
  filters: 'Filters',
  any: 'any',
  provider: 'Provider',
  continent: 'Continent',
  country: 'Country',
  residency: 'Data stay in',
  zones: 'Zones, at least',
  carbonFree: 'Carbon-free, at least',
  operational: 'Only operational',
  found: (n: number) => (n === 1 ? '1 region' : `${whole(n)} regions`),
  noneFits: 'No region fits. Take a filter back.',
  all: (n: number) => `Show all ${whole(n)}`,
  measured: 'First byte',
  measuredFrom: (places: string) =>
    `First byte: measured by probes from ${places}, where the workers run; not from you.`,
  roundTrips: {
    column: 'Round trip',
    measure: (n: number) => `Measure round trips to ${n === 1 ? '1 endpoint' : `${whole(n)} endpoints`}`,
    warning: 'Your browser then asks the providers’ public endpoints itself, so that they see your address.',
    order: 'Order',
    byDistance: 'by distance',
    byTrip: 'by round trip',
    busy: (done: number, all: number) => `${whole(done)} of ${whole(all)} measured.`,
    done: (answered: number, all: number) =>
      `${whole(answered)} of ${whole(all)} answered, measured from this browser.`,
    noAnswer: 'no answer',
  },
  compare: 'Compare',
  comparePlace: (place: string) => `Compare ${place}`,
  comparison: 'Side by side',
  chooseMore: 'Tick up to four regions to see them side by side.',
  remove: 'Remove',
  unsaid: '–',
}
