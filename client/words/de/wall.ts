import type { Words } from '../words.ts'
import { lists } from './lists.ts'

export const wall: Words['wall'] = {
  scenes: {
    map: 'Die Welt',
    mine: 'Meine Regionen',
    incidents: 'Störungen jetzt',
    timeline: 'Eine Störung',
    figures: 'In Zahlen',
    news: 'Nachrichten',
    quote: 'Kunden',
    notices: 'Hinweise',
    clocks: 'Uhren',
  },
  rules: {
    scenes: known => `ist keine Szene: möglich sind ${known}`,
    every: examples => `ist keine Dauer von 5 s bis 1 h: so schreiben: ${examples}`,
    providers: examples => `ist keine Kennung eines Anbieters: so schreiben: ${examples}`,
    regions: examples => `ist keine Region: so schreiben: ${examples}`,
    theme: known => `ist kein Farbschema: möglich sind ${known}`,
    tz: examples => `ist keine Zeitzone: so schreiben: ${examples}`,
    cities: examples => `ist keine Stadt mit einer Zeitzone: so schreiben: ${examples}`,
    distance: examples => `ist keine Entfernung von 30 cm bis 100 m: so schreiben: ${examples}`,
    screen: examples => `ist keine Diagonale von 10 cm bis 50 m: so schreiben: ${examples}`,
    ticker: examples => `ist kein Tempo von 20 bis 1000 px in der Sekunde: so schreiben: ${examples}`,
    sound: known => `ist keines von beiden: möglich sind ${known}`,
    wall: examples => `nennt keine Spalten und Zeilen, höchstens je 20: so schreiben: ${examples}`,
    at: examples => `ist kein Bildschirm dieser Wand: ab 0 zählen, Spalte und Zeile, so: ${examples}`,
    unknown: known => `ist keine Einstellung einer Wand: möglich sind ${known}`,
  },
  problems: n =>
    n === 1 ? 'Eine Einstellung ließ sich nicht verwenden' : `${n} Einstellungen ließen sich nicht verwenden`,
  moreProblems: n => (n === 1 ? 'und eine weitere' : `und ${n} weitere`),
  goesOn: 'Die Wand läuft ohne weiter.',
  unknownWall: name => `Keine Wand heißt ${name}.`,
  knownWalls: names =>
    names.length === 0
      ? 'Keine ist eingerichtet: eine in der Quellendatei benennen.'
      : `Es gibt: ${lists.sentence(names)}. Bitte die Adresse berichtigen.`,
  waiting: 'Noch ist nichts bekannt: Das erste Bild wird erwartet.',
  simulated: 'SIMULIERT',
  notLiveShort: 'nicht live',
  asOf: clock => `Stand ${clock}`,
  notLive: 'Keine Verbindung. Dies ist der letzte bekannte Stand.',
  silent: 'Die Messungen haben aufgehört. Dies ist der letzte bekannte Stand.',
  alerts: { opened: 'Neue Störung', worsened: 'Störung verschlimmert sich' },
  place: (state, since) => `${state} ${since}`,
  more: n => `und ${n} weitere`,
  moreRegions: (n, state) => `und ${n} weitere, schlimmstenfalls: ${state}`,
  acknowledge: 'Gesehen',
  acknowledgeHow: 'Taste A, sobald gesehen.',
  pinned: 'angeheftet',
  muted: 'stumm',
  scan: 'Zum Lesen scannen',
  noUpdates: 'Noch wurde nichts gesagt.',
  noRegions: 'Keine Region ist gewählt: in der Quellendatei oder in der Adresse nennen.',
  here: 'hier',
}
