import { numbersIn } from '../numbers.ts'
import type { Words } from '../words.ts'

const { whole } = numbersIn('de')

export const regionList: Words['regionList'] = {
  summary: ({ shown, all, zone }) =>
    `${shown === all ? `${whole(all)} Regionen` : `${whole(shown)} von ${whole(all)} Regionen`}. Zeiten in ${zone}.`,
  asList: 'Tabelle und Karten',
  view: 'Ansicht',
  views: { table: 'Tabelle', cards: 'Karten', matrix: 'Matrix' },
  filters: 'Regionen filtern',
  findHint: 'Name, Code, Stadt, Land',
  trouble: 'jede Störung',
  geography: 'Geografie',
  groupBy: 'Gruppiert nach',
  noGroup: 'nichts',
  groups: { provider: 'Anbieter', geography: 'Geografie', metro: 'Ballungsraum' },
  onlyMine: 'Nur meine Regionen',
  incidents: n => (n === 1 ? '1 Störung' : `${whole(n)} Störungen`),
  columns: {
    state: 'Zustand',
    region: 'Region',
    code: 'Code',
    provider: 'Anbieter',
    place: 'Ort',
    zones: 'Zonen',
    since: 'Seit',
    incidents: 'Störungen',
    carbonFree: 'CO₂-frei',
  },
}
