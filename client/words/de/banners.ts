import type { Words } from '../words.ts'

export const banners: Words['banners'] = {
  label: 'Hinweise',
  simulated: 'SIMULIERT:',
  invented: 'Nachrichten und Störungen erfundener Anbieter, nicht der wirkliche Zustand irgendeiner Cloud',
  noneReachable: sources =>
    sources === 1
      ? 'Die einzige Quelle ist von hier aus nicht erreichbar. Bitte den Internetzugang dieses Rechners prüfen.'
      : `Keine der ${sources} Quellen ist von hier aus erreichbar. Bitte den Internetzugang dieses Rechners prüfen.`,
  tryDemo: 'Nephoscope mit simulierten Anbietern startet:',
  notThePresent: state =>
    `Dieses Bild ist nicht der jetzige Stand: ${state}. Schraffiert ist, was zuletzt bekannt war.`,
  lastKnown: state =>
    `Noch keine Verbindung zum Server. Zu sehen ist, was zuletzt bekannt war (${state}); Schraffiertes kann sich geändert haben.`,
  more: n => `Und ${n} weitere.`,
  outdated: 'Es gibt eine neuere Version dieser Seite.',
  load: 'Laden',
}
