import { numbersIn } from '../numbers.ts'
import type { Words } from '../words.ts'

const { tenths } = numbersIn('ja')

export const time: Words['time'] = {
  dayAndTime: (day, clock) => `${day} ${clock}`,
  milliseconds: n => `${n} ms`,
  tenthsOfSecond: seconds => `${tenths(seconds)}秒`,
  seconds: n => `${n}秒`,
  minutes: n => `${n}分`,
  hours: (n, minutes) => (minutes === 0 ? `${n}時間` : `${n}時間${minutes}分`),
  days: (n, hours) => (hours === 0 ? `${n}日` : `${n}日${hours}時間`),
  underOneMinute: '1分未満',
  since: (clock, age) => `${clock}から（${age}）`,
  ago: span => `${span}前`,
  underOneMinuteAgo: '1分以内',
  period: (from, until) => `${from}～${until}`,
}
