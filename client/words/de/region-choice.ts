import type { Words } from '../words.ts'
import { lists } from './lists.ts'

export const regionChoice: Words['regionChoice'] = {
  scope: { legend: 'Angezeigt', all: 'Alle', mine: 'Meine' },
  elsewhere: n =>
    n === null
      ? 'Nur was diese betrifft, wird gezeigt.'
      : n === 0
        ? 'Nur was diese betrifft, wird gezeigt; anderswo keine Störung.'
        : `Nur was diese betrifft, wird gezeigt; ${n} ${n === 1 ? 'Störung' : 'Störungen'} anderswo.`,
  share: 'Teilen',
  shareTitle: 'Ein Link auf diese Regionen',
  copied: 'Link kopiert.',
  notCopied: 'Nicht kopiert: Bitte die Adresse der Seite kopieren.',
  lent: n => (n === 1 ? 'Diese Region kam mit einem Link.' : `Diese ${n} Regionen kamen mit einem Link.`),
  keep: 'Diese behalten',
  putAway: 'Zurück zu meinen',
  unknown: (codes, more) =>
    `Hier unbekannt und daher weggelassen: ${lists.plain(codes)}${more > 0 ? ` und ${more} weitere` : ''}.`,
  over: (n, most) => `Der Link nennt mehr als ${most}; die letzten ${n} wurden weggelassen.`,
}
