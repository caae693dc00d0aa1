import type { Words } from '../words.ts'

export const probes: Words['probes'] = {
  heading: 'Messpunkte',
  about: 'Gemessen von dort, wo die Worker laufen, neben dem, was die Anbieter selbst melden.',
  columns: {
    endpoint: 'Endpunkt',
    region: 'Region',
    state: 'Zustand',
    from: 'Von',
    phases: 'Phasen',
    measured: 'Gemessen',
  },
  reachableFrom: places => (places.length === 0 ? 'Von hier erreichbar' : `Von hier erreichbar (${places.join(', ')})`),
  row: (name, state) => `${name}: ${state}`,
  reachable: since => `erreichbar ${since}`,
  unreachable: (since, why) => `nicht erreichbar ${since}: ${why ?? 'kein Grund genannt'}`,
  notMeasured: why => `nicht gemessen: ${why}`,
  notMeasuredYet: 'noch nicht gemessen',
  lastKnown: (reachable, clock) => `zuletzt bekannt: ${reachable ? 'erreichbar' : 'nicht erreichbar'}, ${clock}`,
  phases: { name: 'Name', connect: 'Verbindung', tls: 'TLS', firstByte: 'erstes Byte' },
  phase: (name, ms) => `${name} ${ms} ms`,
  contradiction: ({ place, provider, from, since }) =>
    `${place}: laut ${provider} in Betrieb; von ${from} seit ${since} nicht erreichbar.`,
}
