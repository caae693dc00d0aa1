export type Count = {
  now: number
  ahead: number
  over: number
  /** Earlier ones may be there that were not asked for yet. */
  more: boolean
  zone: string
}

/** The page of all incidents. */
export const incidentList = {
  count: ({ now, ahead, over, more, zone }: Count) =>
    `${now} now, ${ahead} scheduled, ${over} over${more ? ' so far' : ''}. Times are ${zone}.`,
  filters: 'Which incidents',
  findHint: 'title, service, place',
  region: 'Region',
  kind: 'Kind',
  kinds: { incident: 'incident', maintenance: 'maintenance' },
  severity: 'Severity',
  orWorse: (state: string) => `${state} or worse`,
  onlyMine: 'Only mine',
  all: 'Show all',
  noneFits: 'None fits.',
  now: 'Now',
  noneAhead: 'None in the next four weeks.',
  later: 'Later',
  today: 'Today',
  takes: (length: string) => `(${length})`,
  goesOn: 'goes on',
  past: 'Over',
  kept: (days: number) => `Kept for ${days === 1 ? 'a day' : `${days} days`} after the last update.`,
  loading: 'Loading.',
  failed: 'The server did not give the earlier ones. Try again.',
  earlier: 'Show earlier',
  noEarlier: 'No earlier ones are kept.',
  channel: 'Channel',
  feed: 'Feed',
}
