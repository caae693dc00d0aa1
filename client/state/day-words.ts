import { hoursUntil } from '../../shared/domain/day-strip.ts'
import { clockTime, type When } from './time.ts'
import { listed, sentenceCase } from './words.ts'

const HOUR_MS = 3_600_000
/** Beyond these, times are counted. */
const MOST_TIMES = 4

/**
 * A strip that ends in the present hour → one sentence for those who do not see it:
 * `All polls ok in the last 24 h but 13:00 to 14:00 (all failed). No poll before 09:00.`
 */
export function dayInWords(day: string, when: When): string {
  const runs = runsOf(day)
  const polled = runs.filter(({ hour }) => hour !== '-')
  if (polled.length === 0) return 'No poll in the last 24 h.'
  const bad = polled.filter(({ hour }) => hour !== 'o')
  const gaps = runs.filter(({ hour }) => hour === '-').map(run => gapInWords(run, when))
  const sentences = [
    polled.every(({ hour }) => hour === 'x')
      ? 'All polls failed in the last 24 h'
      : bad.length === 0
        ? 'All polls ok in the last 24 h'
        : `All polls ok in the last 24 h but ${listed(
            bad.map(run => badInWords(run, when)),
            MOST_TIMES,
          )}`,
    ...(gaps.length === 0 ? [] : [sentenceCase(`no poll ${listed(gaps, MOST_TIMES)}`)]),
  ]
  return sentences.map(sentence => `${sentence}.`).join(' ')
}

/** Hours in a row that say the same; `until` is the index after the last. */
type Run = { hour: string; from: number; until: number }

function runsOf(day: string): Run[] {
  const runs: Run[] = []
  for (const [index, hour] of [...day].entries()) {
    const last = runs.at(-1)
    if (last?.hour === hour) last.until = index + 1
    else runs.push({ hour, from: index, until: index + 1 })
  }
  return runs
}

const badInWords = (run: Run, when: When): string =>
  `${spanInWords(run, when)} (${run.hour === 'x' ? 'all failed' : 'some failed'})`

function gapInWords(run: Run, when: When): string {
  if (run.from === 0) return `before ${hourOf(run.until, when)}`
  return run.until === 24 ? `since ${hourOf(run.from, when)}` : spanInWords(run, when)
}

const spanInWords = ({ from, until }: Run, when: When): string => `${hourOf(from, when)} to ${hourOf(until, when)}`

/** `13:00`: within a day a time needs no date. */
function hourOf(index: number, when: When): string {
  const at = (hoursUntil(when.now)[0] ?? when.now) + index * HOUR_MS
  return clockTime(at, { ...when, now: at })
}
