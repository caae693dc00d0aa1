import { numbersIn } from '../numbers.ts'

const { whole, percent } = numbersIn('en-GB')

export const figures = {
  label: 'Figures',
  whole,
  percent,
  /** What cannot be said now. */
  unknown: '–',
  regionsOpen: 'regions open',
  announced: 'announced',
  zones: 'zones',
  countries: 'countries',
  providers: 'providers',
  pops: 'PoPs',
  incidentsNow: 'incidents now',
  regionsAffected: 'regions affected',
  regionsLive: 'regions live',
  articles: 'articles',
}
