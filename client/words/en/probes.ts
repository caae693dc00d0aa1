/** What is well by its provider's word and cannot be reached from here. */
export type Contradiction = { place: string; provider: string; from: string; since: string }

/** What is measured from where the workers run. */
export const probes = {
  heading: 'Probes',
  about: 'Measured from where the workers run, beside what providers say of themselves.',
  columns: {
    endpoint: 'Endpoint',
    region: 'Region',
    state: 'State',
    from: 'From',
    phases: 'Phases',
    measured: 'Measured',
  },
  /** `places`: from where; empty where it is not told. */
  reachableFrom: (places: readonly string[]) =>
    places.length === 0 ? 'Reachable from here' : `Reachable from here (${places.join(', ')})`,
  row: (name: string, state: string) => `${name}: ${state}`,
  reachable: (since: string) => `reachable ${since}`,
  unreachable: (since: string, why: string | null) => `not reachable ${since}: ${why ?? 'no reason told'}`,
  notMeasured: (why: string) => `not measured: ${why}`,
  notMeasuredYet: 'not measured yet',
  lastKnown: (reachable: boolean, clock: string) =>
    `last known: ${reachable ? 'reachable' : 'not reachable'}, ${clock}`,
  phases: { name: 'name', connect: 'connect', tls: 'TLS', firstByte: 'first byte' },
  phase: (name: string, ms: number) => `${name} ${ms} ms`,
  contradiction: ({ place, provider, from, since }: Contradiction) =>
    `${place}: ${provider} says operational; not reachable from ${from} since ${since}.`,
}
