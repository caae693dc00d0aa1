import type { Words } from '../words.ts'

export const frame: Words['frame'] = {
  skip: 'Zum Inhalt springen',
  pages: 'Seiten',
  menu: 'Menü',
  titles: {
    dashboard: 'Übersicht',
    incidents: 'Störungen',
    incident: 'Störung',
    news: 'Nachrichten',
    near: 'Ihre Region finden',
    regions: 'Regionen',
    sources: 'Quellen',
    walls: 'Wandbildschirme',
    wall: 'Wand',
    missing: 'Seite nicht gefunden',
  },
  theme: { legend: 'Farbschema', auto: 'Auto', light: 'Hell', dark: 'Dunkel', contrast: 'Hoher Kontrast' },
  zone: { legend: 'Zeitzone', local: 'Lokal', utc: 'UTC', places: 'Orte meiner Regionen' },
  search: {
    label: 'Suche',
    placeholder: 'Region, Anbieter, Störung',
    none: 'Nichts heißt so.',
    count: n => (n === 1 ? 'Ein Treffer' : `${n} Treffer`),
  },
  keys: { heading: 'Tastenkürzel', enabled: 'Einzelne Tasten verwenden' },
  language: 'Sprache',
  close: 'Schließen',
  anotherSite: about => (about === null ? '(fremde Seite)' : `zu ${about} (fremde Seite)`),
  missing: 'Diese Seite gibt es hier nicht.',
  failed: 'Diese Seite konnte nicht geladen werden. Bitte neu laden.',
  toDashboard: 'Zur Übersicht',
}
