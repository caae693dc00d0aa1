import type { Summary } from '../en/source-page.ts'
import type { Words } from '../words.ts'

export const sourcePage: Words['sourcePage'] = {
  summary({ answering, total, waiting, shown, zone }: Summary): string {
    const answers = `${answering} von ${total} ${answering === 1 ? 'antwortet' : 'antworten'}`
    const notAsked = waiting === 0 ? '' : `, ${waiting} noch nicht abgefragt`
    return `${answers}${notAsked}${shown === null ? '' : `; ${shown} angezeigt`}. Zeitzone: ${zone}.`
  },
  key: 'Ein Balken je Stunde, der letzte ist jetzt: voll, alle Abfragen gelungen; halb, einige fehlgeschlagen; hohl, alle fehlgeschlagen; Punkt, keine Abfrage.',
  noSource: 'Die Quellendatei nennt keine Quelle.',
  noneFits: 'Keine Quelle passt. Nehmen Sie einen Filter zurück.',
  find: 'Suchen',
  findHint: 'Name, Host, Art',
  state: 'Zustand',
  provider: 'Anbieter',
  any: 'alle',
  sortBy: 'Sortieren nach',
  states: {
    ok: 'antwortet',
    failing: 'gestört',
    waiting: 'wartet',
    unread: 'noch nicht abgefragt',
    disabled: 'abgeschaltet',
  },
  sorts: {
    state: 'Probleme zuerst',
    name: 'Name',
    change: 'letzte Änderung',
    latency: 'langsamste zuerst',
  },
  columns: {
    source: 'Quelle',
    kind: 'Art',
    state: 'Zustand',
    day: 'Letzte 24 h',
    read: 'Zuletzt gelesen',
    change: 'Letzte Änderung',
    latency: 'Latenz',
    every: 'Alle',
    next: 'Nächste Abfrage',
  },
  neverRead: 'nie',
  noChange: 'keine gesehen',
  now: 'jetzt',
  pollNow: 'Jetzt abfragen',
  pollSourceNow: name => `${name} jetzt abfragen`,
  token: 'Admin-Token',
  cancel: 'Abbrechen',
  polled: name => `${name} wird jetzt abgefragt.`,
  unreachable: name => `Der Server war nicht erreichbar; ${name} wurde nicht abgefragt. Bitte erneut versuchen.`,
  wrongToken: 'Dieses Token wurde nicht angenommen. Es ist das ADMIN_TOKEN des Servers.',
  notWatched: name => `${name} wird nicht mehr beobachtet, oder der Server hat kein Admin-Token mehr.`,
  tooManyTokens: 'Von dieser Adresse kamen zu viele falsche Token. Bitte in einer Minute erneut versuchen.',
  answeredWith: status => `Der Server antwortete mit ${status}; mehr steht in seinem Protokoll.`,
}
