import { numbersIn } from '../numbers.ts'
import type { Words } from '../words.ts'

const { whole, percent } = numbersIn('de')

export const figures: Words['figures'] = {
  label: 'Kennzahlen',
  whole,
  percent,
  unknown: '–',
  regionsOpen: 'Regionen in Betrieb',
  announced: 'angekündigt',
  zones: 'Zonen',
  countries: 'Länder',
  providers: 'Anbieter',
  pops: 'Edge-Standorte',
  incidentsNow: 'Störungen jetzt',
  regionsAffected: 'Regionen betroffen',
  regionsLive: 'Regionen aktuell',
  articles: 'Artikel',
}
