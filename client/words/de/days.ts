import type { Words } from '../words.ts'

export const days: Words['days'] = {
  heading: 'Die letzten 90 Tage',
  key: 'Ein Balken je Tag (UTC): je höher, desto schlimmer; ein Strich: nicht bekannt.',
  ago: n => (n === 1 ? 'vor 1 Tag' : `vor ${n} Tagen`),
  today: 'heute',
  day: (date, state, length) => `${date}: ${state}${length === null ? '' : `, ${length}`}`,
  count: (n, state) => `${n} ${state}`,
  summary: (n, counts) => `Von ${n === 1 ? '1 Tag' : `${n} Tagen`}: ${counts}.`,
  named: (date, state) => `${date} (${state})`,
  bad: days => `Nicht in Ordnung: ${days}.`,
  watchedSince: clock => `Beobachtet seit ${clock}; über die Zeit davor ist nichts bekannt.`,
  neverWatched: 'Noch hat niemand hingesehen.',
}
