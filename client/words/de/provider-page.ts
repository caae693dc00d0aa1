import type { Words } from '../words.ts'

export const providerPage: Words['providerPage'] = {
  noProvider: id => `Ein Anbieter „${id}“ wird hier nicht beobachtet.`,
  state: (name, state) => `${name}: ${state}.`,
  noRegions: 'Er hat hier keine Regionen, daher werden keine Tage gezählt.',
  troubles: 'Jetzt gestört',
  noTroubles: 'Keine Region und kein Teil ist als gestört gemeldet.',
  unnamed: 'ohne Angabe eines Dienstes',
  parts: 'Teile ohne Region',
  ownFigures: 'Was er über sich sagt',
  readAt: (host, date) => `${host}, gelesen am ${date}`,
  counted: 'Was hier gezählt wird',
  sources: 'Quellen',
  noSources: 'Keine Quelle berichtet über ihn.',
  lastRead: ago => `gelesen ${ago}`,
  home: 'Seine Website',
  statusPage: 'Seine Statusseite',
  asStatuspage: 'Im Format einer Statuspage',
}
