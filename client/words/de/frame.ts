import type { Words } from '../words.ts'

export const frame: Words['frame'] = {
  skip: 'Zum Inhalt springen',
  pages: 'Seiten',
  titles: {
    incidents: 'Störungen',
    incident: 'Störung',
    news: 'Nachrichten',
    near: 'Ihre Region finden',
    sources: 'Quellen',
    missing: 'Seite nicht gefunden',
  },
  theme: { legend: 'Farbschema', auto: 'Auto', light: 'Hell', dark: 'Dunkel' },
  zone: { legend: 'Zeitzone', local: 'Lokal', utc: 'UTC' },
  language: 'Sprache',
  close: 'Schließen',
  anotherSite: about => (about === null ? '(fremde Seite)' : `zu ${about} (fremde Seite)`),
  missing: 'Diese Seite gibt es hier nicht.',
  failed: 'Diese Seite konnte nicht geladen werden. Bitte neu laden.',
  toDashboard: 'Zur Übersicht',
}
