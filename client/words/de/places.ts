import { numbersIn } from '../numbers.ts'
import type { Words } from '../words.ts'

const { whole } = numbersIn('de')

export const places: Words['places'] = {
  loading: 'Wird geladen.',
  failed: 'Der Server war nicht zu erreichen. Laden Sie die Seite neu, um es noch einmal zu versuchen.',
  openPage: 'Seite öffnen',
  active: 'Jetzt',
  noneActive: 'Keine Störung.',
  past: 'Frühere Störungen',
  nonePast: 'Keine aufbewahrt.',
  about: 'Eckdaten',
  timesIn: city => `Zeiten in der Zone von ${city} anzeigen`,
  coordinates: 'Koordinaten',
  services: 'Betroffene Dienste',
  nearby: 'Regionen in der Nähe',
  region: 'Region',
  state: 'Zustand',
  distance: 'Entfernung',
  km: km => `${whole(km)} km`,
}
