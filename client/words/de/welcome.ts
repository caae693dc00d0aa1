import type { welcome as english } from '../en/welcome.ts'

export const welcome: typeof english = {
  heading: 'Was ist das?',
  what: 'Nephoscope zeigt, was Ihre Clouds und Dienste über sich selbst melden, sobald sie es melden, und was davon Sie betrifft.',
  choose: 'Worauf laufen Sie?',
  office: 'Stacks dieses Büros:',
  also: 'Oder zuerst:',
  wall: 'An die Wand bringen',
  subscribe: 'Störungen abonnieren',
  api: 'Die API nutzen',
  close: 'Schließen und nicht mehr zeigen',
  empty: {
    heading: 'Noch wurde nichts gelesen.',
    what: 'Binnen einer Minute nach dem ersten Start bekommen hier Regionen ihre Farben und Störungen ihre Zeilen. Bis dahin:',
    steps: [
      'Läuft ein Worker? Er liest die Quellen; diese Seite zeigt nur, was er ablegt. `npm start` startet beides.',
      'Erreicht jene Maschine das Internet? Statusseiten werden über HTTPS geholt; ein Proxy steht in HTTPS_PROXY.',
      'Welche Quellen gelesen werden, sagt die Konfiguration (NEPHOSCOPE_CONFIG). Auf der Seite Quellen steht, wann jede an der Reihe ist.',
      'Zum Umsehen: `npm run demo` zeigt erfundene Anbieter mit erfundenen Störungen.',
    ],
    sources: 'Nachsehen, was jede Quelle geantwortet hat',
    doctor: '`npm run doctor` prüft das alles und nennt die Abhilfe.',
  },
}
