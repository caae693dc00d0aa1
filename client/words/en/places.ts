import { numbersIn } from '../numbers.ts'

const { whole } = numbersIn('en-GB')

/** What the pages of a region, of a provider and of the nearest regions have in common. */
export const places = {
  loading: 'Loading.',
  failed: 'The server could not be asked. Reload to try again.',
  openPage: 'Open its page',
  active: 'Now',
  noneActive: 'No incident.',
  past: 'Past incidents',
  nonePast: 'None that is kept.',
  about: 'Facts',
  /** A button that tells times in a place's zone. */
  timesIn: (city: string) => `Show times in ${city}’s zone`,
  coordinates: 'Coordinates',
  services: 'Affected services',
  nearby: 'Nearby regions',
  region: 'Region',
  state: 'State',
  distance: 'Distance',
  km: (km: number) => `${whole(km)} km`,
}
