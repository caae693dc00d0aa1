import { numbersIn } from '../numbers.ts'
import type { Words } from '../words.ts'

const { tenths } = numbersIn('de')

export const time: Words['time'] = {
  dayAndTime: (day, clock) => `${day} ${clock}`,
  milliseconds: n => `${n} ms`,
  tenthsOfSecond: seconds => `${tenths(seconds)} s`,
  seconds: n => `${n} s`,
  minutes: n => `${n} min`,
  hours: (n, minutes) => (minutes === 0 ? `${n} h` : `${n} h ${minutes} min`),
  days: (n, hours) => (hours === 0 ? `${n} d` : `${n} d ${hours} h`),
  underOneMinute: 'unter 1 min',
  since: (clock, age) => `seit ${clock} (${age})`,
  ago: span => `vor ${span}`,
  underOneMinuteAgo: 'vor weniger als 1 min',
  period: (from, until) => `${from} bis ${until}`,
}
