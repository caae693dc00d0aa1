import { numbersIn } from '../numbers.ts'
import type { Words } from '../words.ts'

const { whole } = numbersIn('de')

export const near: Words['near'] = {
  city: 'Stadt',
  cityHint: 'Wien, Osaka, São Paulo',
  show: 'Zeigen',
  here: 'Meinen Standort verwenden',
  privacy: 'Was Sie eingeben und wo Sie sind, verlässt diese Seite nie.',
  noCity: text => `Eine Stadt „${text}“ ist hier nicht bekannt. Nennen Sie eine größere in der Nähe.`,
  noPlace: 'Noch ist kein Ort genannt: Die Regionen stehen nach ihrem Namen.',
  from: place => `Entfernungen von ${place}, Luftlinie.`,
  asking: 'Der Browser wird gefragt.',
  yourPlace: 'Ihrem Standort',
  denied: 'Der Browser sagt nicht, wo Sie sind. Nennen Sie stattdessen eine Stadt.',
  filters: 'Filter',
  any: 'beliebig',
  provider: 'Anbieter',
  continent: 'Kontinent',
  country: 'Land',
  residency: 'Daten bleiben in',
  zones: 'Zonen, mindestens',
  carbonFree: 'CO₂-frei, mindestens',
  operational: 'Nur in Betrieb',
  found: n => (n === 1 ? '1 Region' : `${whole(n)} Regionen`),
  noneFits: 'Keine Region passt. Nehmen Sie einen Filter zurück.',
  all: n => `Alle ${whole(n)} zeigen`,
  measured: 'Erstes Byte',
  measuredFrom: places => `Erstes Byte: gemessen von ${places}, wo die Worker laufen; nicht von Ihnen aus.`,
  compare: 'Vergleichen',
  comparePlace: place => `${place} vergleichen`,
  comparison: 'Nebeneinander',
  chooseMore: 'Wählen Sie bis zu vier Regionen, um sie nebeneinander zu sehen.',
  remove: 'Entfernen',
  unsaid: '–',
}
