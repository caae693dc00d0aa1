import type { Words } from '../words.ts'

export const subscribe: Words['subscribe'] = {
  noRegion: id => `Kein Anbieter, der hier beobachtet wird, hat eine Region „${id}“.`,
  heading: 'Abonnieren',
  about: 'Alles, was hier geschieht, wird sofort gemeldet: Programmen und Menschen.',
  channel: 'Kanal',
  program: 'Aus einem Programm',
  stream: 'Aus einer Shell',
  feed: format => `Feed, ${format}`,
  badge: 'Plakette',
  badgeOf: place => `Plakette von ${place}`,
  frame: 'Auf jeder Seite',
  copy: 'Kopieren',
  copied: what => `${what}: kopiert.`,
  notCopied: what => `${what}: Dieser Browser lässt das Kopieren nicht zu. Markieren Sie stattdessen den Text.`,
}
