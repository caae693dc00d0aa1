import type { Words } from '../words.ts'

export const globe: Words['globe'] = {
  globe:
    'Regionen der Erde. Pfeiltasten drehen sie, Plus und Minus holen sie näher oder weiter weg, Pos1 stellt sie zurück. Die folgende Tabelle nennt alle Regionen.',
  globeOption: 'Globus',
  mapOption: 'Karte',
  projection: 'Form der Erde',
  closer: 'Näher',
  further: 'Weiter weg',
  reset: 'Alles zeigen',
  turn: 'Drehen lassen',
  rest: 'Nicht mehr drehen',
  table: 'Als Tabelle',
  columns: { place: 'Region', status: 'Zustand', since: 'Seit' },
  mine: 'meine',
  announced: 'angekündigt, noch nicht in Betrieb',
  failed: 'Der Globus konnte nicht geladen werden. Bitte die Seite neu laden.',
  tabs: { legend: 'Ansicht', lists: 'Listen', globe: 'Globus' },
}
