/** What each of the last days was like. */
export const days = {
  heading: 'Last 90 days',
  key: 'A bar a day of UTC: the higher, the worse; a dash, not known.',
  ago: (n: number) => (n === 1 ? '1 day ago' : `${n} days ago`),
  today: 'today',
  /** `length`: for how long, where it was not well. */
  day: (date: string, state: string, length: string | null) =>
    `${date}: ${state}${length === null ? '' : `, ${length}`}`,
  count: (n: number, state: string) => `${n} ${state}`,
  summary: (n: number, counts: string) => `Of ${n === 1 ? '1 day' : `${n} days`}: ${counts}.`,
  named: (date: string, state: string) => `${date} (${state})`,
  bad: (days: string) => `Not well: ${days}.`,
  watchedSince: (clock: string) => `Watched since ${clock}; nothing is known of the time before.`,
  neverWatched: 'Nobody has looked yet.',
}
