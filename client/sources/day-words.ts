import { hoursUntil } from '../../shared/domain/day-strip.ts'
import { clockTime, type When } from '../ui/time.ts'

const HOUR_MS = 3_600_000
/** Beyond these, times are counted. */
const MOST_TIMES = 4

/**
 * A strip that ends in the present hour → one sentence for those who do not see it:
 * `All polls ok in the last 24 h but 13:00 to 14:00 (all failed). No poll before 09:00.`
 */
export function dayInWords(day: string, when: When): string {
  const { day: say, lists } = when.words
  const runs = runsOf(day)
  const polled = runs.filter(({ hour }) => hour !== '-')
  if (polled.length === 0) return say.noPoll
  const bad = polled.filter(({ hour }) => hour !== 'o')
  const gaps = runs.filter(({ hour }) => hour === '-').map(run => gapInWords(run, when))
  const polls = polled.every(({ hour }) => hour === 'x')
    ? say.allFailed
    : bad.length === 0
      ? say.allOk
      : say.allOkBut(
          lists.sentence(
            bad.map(run => badInWords(run, when)),
            MOST_TIMES,
          ),
        )
  return lists.sentences(gaps.length === 0 ? [polls] : [polls, say.gaps(lists.sentence(gaps, MOST_TIMES))])
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

function badInWords(run: Run, when: When): string {
  const { allFailedIn, someFailedIn } = when.words.day
  return run.hour === 'x' ? allFailedIn(spanInWords(run, when)) : someFailedIn(spanInWords(run, when))
}

function gapInWords(run: Run, when: When): string {
  if (run.from === 0) return when.words.day.before(hourOf(run.until, when))
  return run.until === 24 ? when.words.day.since(hourOf(run.from, when)) : spanInWords(run, when)
}

const spanInWords = ({ from, until }: Run, when: When): string =>
  when.words.time.period(hourOf(from, when), hourOf(until, when))

/** `13:00`: within a day a time needs no date. */
function hourOf(index: number, when: When): string {
  const at = (hoursUntil(when.now)[0] ?? when.now) + index * HOUR_MS
  return clockTime(at, { ...when, now: at })
}
