import type { Words } from '../words.ts'

export const connection: Words['connection'] = {
  spoken: state => `Verbindung: ${state}`,
  live: 'live',
  liveSign: ago => `live · vor ${ago}`,
  connecting: 'Verbindung wird aufgebaut',
  reconnecting: since => `getrennt seit ${since}`,
  lastKnown: (time, ago) => `Stand ${time}, ${ago}`,
  noReadings: 'wartet auf die ersten Daten',
  stale: since => `veraltet seit ${since}`,
}
