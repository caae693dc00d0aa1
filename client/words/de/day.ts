import type { Words } from '../words.ts'

export const day: Words['day'] = {
  noPoll: 'Keine Abfrage in den letzten 24 h.',
  allFailed: 'In den letzten 24 h sind alle Abfragen fehlgeschlagen.',
  allOk: 'In den letzten 24 h sind alle Abfragen gelungen.',
  allOkBut: exceptions => `In den letzten 24 h sind alle Abfragen gelungen, außer ${exceptions}.`,
  someFailedIn: span => `${span} (einige fehlgeschlagen)`,
  allFailedIn: span => `${span} (alle fehlgeschlagen)`,
  gaps: gaps => `Keine Abfrage ${gaps}.`,
  before: hour => `vor ${hour}`,
  since: hour => `seit ${hour}`,
}
