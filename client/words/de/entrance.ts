import type { Words } from '../words.ts'

export const entrance: Words['entrance'] = {
  waiting: 'Wartet auf die ersten Daten.',
  unreachable: (since, why) => `Dieser Server hat seit ${since} keine Daten geliefert (${why}).`,
  answeredWith: status => `er antwortete mit ${status}`,
  nextTry: seconds => `Nächster Versuch in ${seconds} s.`,
  trying: 'Versuch läuft.',
  noReload: 'Neu laden ist nicht nötig.',
  locked: 'Zum Lesen dieser Installation wird ihr Lesetoken benötigt.',
  token: 'Lesetoken',
  open: 'Öffnen',
  refused: 'Dieses Token wurde nicht angenommen. Fragen Sie, wer diese Installation betreibt.',
  kept: 'Es wird behalten, bis dieser Tab geschlossen wird.',
}
