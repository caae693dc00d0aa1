import type { Count } from '../en/incident-list.ts'
import type { Words } from '../words.ts'

export const incidentList: Words['incidentList'] = {
  count: ({ now, ahead, over, more, zone }: Count) =>
    `${now} jetzt, ${ahead} geplant, ${more ? 'bisher ' : ''}${over} beendet. Zeitzone: ${zone}.`,
  filters: 'Welche Störungen',
  findHint: 'Titel, Dienst, Ort',
  region: 'Region',
  kind: 'Art',
  kinds: { incident: 'Störung', maintenance: 'Wartung' },
  severity: 'Schwere',
  orWorse: state => `mindestens ${state}`,
  onlyMine: 'Nur meine',
  all: 'Alle zeigen',
  noneFits: 'Keine passt.',
  now: 'Jetzt',
  noneAhead: 'Keine in den nächsten vier Wochen.',
  later: 'Später',
  today: 'Heute',
  takes: length => `(${length})`,
  goesOn: 'dauert an',
  past: 'Beendet',
  kept: days => `Aufbewahrt ${days === 1 ? 'einen Tag' : `${days} Tage`} ab der letzten Meldung.`,
  loading: 'Wird geladen.',
  failed: 'Der Server hat die früheren nicht geliefert. Bitte erneut versuchen.',
  earlier: 'Frühere zeigen',
  noEarlier: 'Frühere sind nicht aufbewahrt.',
  channel: 'Kanal',
  feed: 'Feed',
}
