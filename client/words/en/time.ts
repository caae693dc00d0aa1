import { numbersIn } from '../numbers.ts'

const { tenths } = numbersIn('en-GB')

/** How times and lengths of time are told. */
export const time = {
  dayAndTime: (day: string, time: string) => `${day} ${time}`,
  milliseconds: (n: number) => `${n} ms`,
  /** `0.4 s` */
  tenthsOfSecond: (seconds: number) => `${tenths(seconds)} s`,
  seconds: (n: number) => `${n} s`,
  minutes: (n: number) => `${n} min`,
  hours: (n: number, minutes: number) => (minutes === 0 ? `${n} h` : `${n} h ${minutes} min`),
  days: (n: number, hours: number) => (hours === 0 ? `${n} d` : `${n} d ${hours} h`),
  underOneMinute: 'under 1 min',
  since: (clock: string, age: string) => `since ${clock} (${age})`,
  ago: (span: string) => `${span} ago`,
  underOneMinuteAgo: 'under 1 min ago',
  period: (from: string, until: string) => `${from} to ${until}`,
}
