export type Summary = {
  answering: number
  total: number
  waiting: number
  /** How many pass the filter; null where all do. */
  shown: number | null
  zone: string
}

/** The page on sources, and what a person does there. */
export const sourcePage = {
  summary({ answering, total, waiting, shown, zone }: Summary): string {
    const notAsked = waiting === 0 ? '' : `, ${waiting} not asked yet`
    return `${answering} of ${total} answer${notAsked}${shown === null ? '' : `; ${shown} shown`}. Times are ${zone}.`
  },
  key: 'A bar an hour, the last is now: full, all polls ok; half, some failed; hollow, all failed; a dot, no poll.',
  noSource: 'The sources file names no source.',
  noneFits: 'No source fits. Take a filter back.',
  find: 'Find',
  findHint: 'name, host, kind',
  state: 'State',
  provider: 'Provider',
  any: 'any',
  sortBy: 'Sort by',
  states: {
    ok: 'answering',
    failing: 'failing',
    waiting: 'waiting',
    unread: 'not asked yet',
    disabled: 'disabled',
  },
  sorts: { state: 'trouble first', name: 'name', change: 'last change', latency: 'slowest first' },
  columns: {
    source: 'Source',
    kind: 'Kind',
    state: 'State',
    day: 'Last 24 h',
    read: 'Last read',
    change: 'Last change',
    latency: 'Latency',
    every: 'Every',
    next: 'Next',
  },
  neverRead: 'never',
  noChange: 'none seen',
  now: 'now',
  pollNow: 'Poll now',
  pollSourceNow: (name: string) => `Poll ${name} now`,
  token: 'Admin token',
  cancel: 'Cancel',
  polled: (name: string) => `${name} is polled now.`,
  unreachable: (name: string) => `The server could not be reached; ${name} was not asked. Try again.`,
  wrongToken: 'This token was not accepted. It is the ADMIN_TOKEN of the server.',
  notWatched: (name: string) => `${name} is no longer watched, or the server no longer has an admin token.`,
  tooManyTokens: 'Too many wrong tokens came from this address. Try again in a minute.',
  answeredWith: (status: number) => `The server answered with ${status}; its log says more.`,
}
